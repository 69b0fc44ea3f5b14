/** What every alert source is turned into. */
export interface Alert {
  /** Name of the source: "generic". */
  readonly source: string
  /** The sender's own id; with startsAt it names one outbreak. */
  readonly id: string
  /** An inventory host or a site, as the sender wrote it; it never becomes an address. */
  readonly subject: { readonly host: string } | { readonly site: string }
  readonly title: string
  readonly severity: string
  readonly status: 'firing' | 'resolved'
  /** ISO instant. */
  readonly startsAt: string
}

/** A sender's text as an alert, or why it is not one. */
export type AlertRead = { readonly ok: true; readonly alert: Alert } | { readonly ok: false; readonly reason: string }
