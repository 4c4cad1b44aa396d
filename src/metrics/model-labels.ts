import { canonicalName, UNKNOWN } from "./canonical-name.ts";

/** The label of a request whose model has no label of its own. */
export const OTHER = "other";

/** Names that have not been served yet and have series even so. */
const SLOTS = 20;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Which models have series of their own. A client may send any name, and each takes up to 177 series;
 * so models that exist have a place for good, others one of a few slots, and the rest are `other`. What
 * has been counted is never renamed: a move would be counted twice.
 */
export interface ModelLabels {
  /** A request's label, from its arrival to its end, for the name that it spells. */
  arrived(name: string | undefined): string;
  /** Ollama has answered a request for this name with 200: it exists. */
  served(name: string | undefined): void;
  /** A request with this label has its outcome. */
  ended(label: string): void;
  /** What Ollama has now, replacing what it had. Gives those that have got a place by it. */
  installed(names: readonly string[]): string[];
  /** The label of a name that Ollama lists; undefined if it has no place of its own. */
  placeOf(name: string): string | undefined;
  /** Frees the slots that have had their time. */
  sweep(): void;
}

export interface ModelLabelsOptions {
  /** Places for good. */
  readonly most: number;
  /** A request has become `other`. */
  onOverflow(): void;
  /** The series of this label are to vanish, before it can be given again. */
  onForget(label: string): void;
  /** Milliseconds on a clock that never goes back. */
  now?(): number;
}

interface Place {
  usedAt: number;
  running: number;
  installed: boolean;
}

export function createModelLabels({
  most,
  onOverflow,
  onForget,
  now = () => performance.now(),
}: ModelLabelsOptions): ModelLabels {
  const places = new Map<string, Place>();
  const slots = new Map<string, Place>();

  /** Whether one more has a place; who is neither installed nor used for a day makes room. */
  const hasRoom = (): boolean => {
    if (places.size < most) return true;
    for (const [label, { usedAt, running, installed }] of places) {
      if (installed || running > 0 || now() - usedAt < DAY_MS) continue;
      places.delete(label);
      onForget(label);
      return true;
    }
    return false;
  };
  const settle = (label: string, installed: boolean): boolean => {
    const place = places.get(label);
    if (place) {
      if (installed) place.installed = true;
      return false;
    }
    if (label === UNKNOWN || !hasRoom()) return false;
    const slot = slots.get(label);
    slots.delete(label);
    places.set(label, { running: 0, usedAt: now(), ...slot, installed });
    return true;
  };
  const freeSlots = (): void => {
    for (const [label, { usedAt, running }] of slots) {
      if (running > 0 || now() - usedAt < HOUR_MS) continue;
      slots.delete(label);
      onForget(label);
    }
  };

  return {
    arrived(name) {
      const label = canonicalName(name);
      if (label === UNKNOWN) return label;
      let place = places.get(label) ?? slots.get(label);
      if (!place) {
        if (slots.size === SLOTS) freeSlots();
        if (slots.size === SLOTS) {
          onOverflow();
          return OTHER;
        }
        place = { usedAt: 0, running: 0, installed: false };
        slots.set(label, place);
      }
      place.usedAt = now();
      place.running++;
      return label;
    },
    served: (name) => void settle(canonicalName(name), false),
    ended(label) {
      const place = places.get(label) ?? slots.get(label);
      if (!place) return;
      place.running--;
      // A page has to show its outcome before its series may vanish.
      place.usedAt = now();
    },
    installed(names) {
      const labels = new Set(names.map(canonicalName));
      for (const [label, place] of places) place.installed = labels.has(label);
      return [...labels].filter((label) => settle(label, true));
    },
    placeOf(name) {
      const label = canonicalName(name);
      return places.has(label) ? label : undefined;
    },
    sweep: freeSlots,
  };
}
