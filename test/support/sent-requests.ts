import { expect } from "bun:test";
import { fieldValues } from "./http-message.ts";
import type { RawUpstream } from "./raw-upstream.ts";

/** What a client sends, for clients that take a fetch of the user's. */
export interface SentRequests {
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Expects the upstream to have seen the one request that was sent, each byte and each field. */
  expectSeenBy(upstream: RawUpstream): Promise<void>;
}

export function keepSentRequests(): SentRequests {
  const sent: Request[] = [];
  return {
    fetch(url, init) {
      const request = new Request(url, init);
      sent.push(request.clone());
      return fetch(request);
    },
    async expectSeenBy({ visits }) {
      const [request] = sent;
      const [visit] = visits;
      if (request === undefined || visit === undefined) throw new Error("no request was seen");
      expect([sent.length, visits.length]).toEqual([1, 1]);
      expect(String(visit.request.body)).toBe(await request.text());
      for (const [field, value] of request.headers) {
        expect([field, ...fieldValues(visit.request, field)]).toEqual([field, value]);
      }
    },
  };
}
