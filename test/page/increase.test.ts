import { expect, test } from "bun:test";
import { increase, total } from "../../src/page/browser/increase.ts";
import { familiesOf, valuesOf } from "./pages.ts";

const REQUESTS = "ollama_requests_total";
const SERIES = 'ollama_requests_total{model="a"}';

const bucket = (model: string, le: string): string =>
  `ollama_time_to_first_token_seconds_bucket{model="${model}",le="${le}"}`;

test("a counter grows by the difference", () => {
  const grown = increase(familiesOf(`${SERIES} 3`), familiesOf(`${SERIES} 5`));
  expect(valuesOf(grown, REQUESTS)).toEqual({ [SERIES]: 2 });
});

test("a counter that has begun anew has grown by all that it has, and never shrinks", () => {
  const grown = increase(familiesOf(`${SERIES} 30`), familiesOf(`${SERIES} 5`));
  expect(valuesOf(grown, REQUESTS)).toEqual({ [SERIES]: 5 });
});

test("a counter of another process has begun at 0, even if it is larger than before", () => {
  const start = "process_start_time_seconds";
  const grown = increase(
    familiesOf(`${start} 100`, `${SERIES} 3`),
    familiesOf(`${start} 200`, `${SERIES} 5`),
  );
  expect(valuesOf(grown, REQUESTS)).toEqual({ [SERIES]: 5 });
});

test("a counter that was not there has begun at 0", () => {
  expect(valuesOf(increase(familiesOf(), familiesOf(`${SERIES} 1`)), REQUESTS)).toEqual({
    [SERIES]: 1,
  });
});

test("a counter that has gone has grown by nothing", () => {
  expect(valuesOf(increase(familiesOf(`${SERIES} 1`), familiesOf()), REQUESTS)).toEqual({});
});

test("a gauge is no counter", () => {
  const gauge = 'ollama_requests_in_flight{model="a"}';
  const grown = increase(familiesOf(`${gauge} 1`), familiesOf(`${gauge} 2`));
  expect(grown.get("ollama_requests_in_flight")).toBeUndefined();
});

test("a model for which nothing grew is not kept, and one for which anything did is kept whole", () => {
  const page = (count: number) =>
    familiesOf(
      `${bucket("a", "0.5")} 0`,
      `${bucket("a", "+Inf")} ${count}`,
      `${bucket("idle", "+Inf")} 7`,
    );
  expect(valuesOf(increase(page(1), page(2)), "ollama_time_to_first_token_seconds_bucket")).toEqual(
    {
      [bucket("a", "0.5")]: 0,
      [bucket("a", "+Inf")]: 1,
    },
  );
});

test("increases add up, whichever of them has a series", () => {
  const other = 'ollama_requests_total{model="b"}';
  const sum = total([familiesOf(`${SERIES} 1`), familiesOf(`${SERIES} 2`, `${other} 4`)]);
  expect(valuesOf(sum, REQUESTS)).toEqual({ [SERIES]: 3, [other]: 4 });
});
