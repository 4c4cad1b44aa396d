/** What a listener needs to speak TLS; keys and certificates in PEM form. */
export interface Tls {
  /** The certificate, and those that lead from it to a known authority. */
  readonly cert: string;
  readonly key: string;
  /** What is asked of clients: nothing, any certificate or none, or one that `ca` has signed. */
  readonly clients: "anonymous" | "asked" | "verified";
  /** Whose certificates clients may have. */
  readonly ca?: string;
  /** 1.2 without it. */
  readonly minVersion?: TlsVersion;
  /** 1.3 without it. */
  readonly maxVersion?: TlsVersion;
}

export type TlsVersion = "TLS12" | "TLS13";
