import { byId, say } from "./element.ts";

export interface SwitchOptions {
  resume(): void;
  pause(): void;
  /** Called when the reader has paused it. */
  onPaused(): void;
}

export interface Switch {
  start(): void;
  /** Stops until the reader starts it again with a button of this name. */
  stop(button: string): void;
}

/** Asking goes on while the page can be seen and the reader has not paused it. */
export function switchOf({ resume, pause, onPaused }: SwitchOptions): Switch {
  const button = byId("pause");
  let wanted = false;
  const apply = (): void => (wanted && !document.hidden ? resume() : pause());
  const start = (): void => {
    wanted = true;
    say(button, "Pause");
    apply();
  };
  const stop = (name: string): void => {
    wanted = false;
    say(button, name);
    apply();
  };
  button.addEventListener("click", () => {
    if (!wanted) return start();
    stop("Resume");
    onPaused();
  });
  document.addEventListener("visibilitychange", apply);
  return { start, stop };
}
