import { readAbout } from "./about.ts";
import { createColors } from "./colors.ts";
import { createScraper } from "./fetch-scrape.ts";
import { intervalOf } from "./interval.ts";
import { createPoller } from "./poller.ts";
import { createTimeline } from "./timeline.ts";
import { asOf } from "./view/as-of.ts";
import { cards } from "./view/cards.ts";
import { failures } from "./view/failures.ts";
import { footer } from "./view/footer.ts";
import { loaded } from "./view/loaded.ts";
import { models } from "./view/models.ts";
import { plots } from "./view/plots.ts";
import { start } from "./view/start.ts";
import { status } from "./view/status.ts";
import { switchOf } from "./view/switch.ts";
import { time } from "./view/time.ts";

const about = readAbout(document);
const seconds = intervalOf(location.search);
const views = [asOf(), start(about), cards(), plots(), models(), loaded(), time(), failures()];
const timeline = createTimeline();
const colorsOf = createColors();
const showStatus = status();
/** When the exporter last said something that can be shown. */
let goodAt = Date.now();

const poller = createPoller({
  everyMs: seconds * 1000,
  // Not relative to the page's address, which may have a user and a password in it: fetch refuses those.
  ask: createScraper(`${location.origin}${about.metricsPath}`),
  onAnswer(answer) {
    if (answer === undefined) return showStatus({ kind: "gone", since: goodAt });
    if ("status" in answer) return refused(answer.status);
    if ("foreign" in answer) return showStatus({ kind: "foreign", since: goodAt });
    const { scrape } = answer;
    goodAt = scrape.at;
    timeline.push(scrape);
    const moments = timeline.moments();
    const shown = { scrape, moments, lately: timeline.lately(), colors: colorsOf(moments) };
    for (const view of views) view(shown);
    showStatus({ kind: "live" });
  },
});

const asking = switchOf({
  resume: poller.resume,
  pause: poller.pause,
  onPaused: () => showStatus({ kind: "paused" }),
});

function refused(code: number): void {
  if (code !== 401) return showStatus({ kind: "refused", status: code, since: goodAt });
  // Each further question could make the browser ask for the password once more.
  asking.stop("Try again");
  showStatus({ kind: "denied" });
}

footer(about, seconds);
asking.start();
