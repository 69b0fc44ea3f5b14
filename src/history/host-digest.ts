/** What of a host is worth comparing with another look at it, without secrets. null: not known in that look, so not compared. */
export interface HostDigest {
  readonly host: string
  /** ISO instant of the look. */
  readonly collectedAt: string
  /** What the user of that look could see: with other rights some things are only unseen, not gone. */
  readonly rights: { readonly owners: boolean; readonly dumped: boolean }
  /** "nginx/1.22.1". */
  readonly nginx: string | null
  /** Units behind addresses, by name: "active (running)". */
  readonly units: Readonly<Record<string, UnitDigest>> | null
  readonly listeners: readonly ListenerDigest[] | null
  /** Configuration files by path. */
  readonly files: Readonly<Record<string, FileDigest>> | null
  /** End of the certificate served at "ADDRESS:PORT|NAME", ms since the epoch. */
  readonly certificates: Readonly<Record<string, number | null>> | null
}

export interface UnitDigest {
  /** "active (running)". */
  readonly state: string
  readonly start: string
}

export interface ListenerDigest {
  /** "127.0.0.1:8080", "unix:/run/app.sock". */
  readonly at: string
  /** Name of the program; empty when the user may not see it. */
  readonly by: string
}

export interface FileDigest {
  /** Of the redacted text, so that a large file can be compared without it. */
  readonly hash: string
  /** null for a file beyond the cap. */
  readonly lines: readonly string[] | null
}
