/** What every alert of every sender is turned into. All its text is somebody else's: capped here, escaped where it is shown. */
export interface Alert {
  /** Name of the source in the configuration: "prometheus". */
  readonly source: string
  /** The sender's own id of what fires (a fingerprint); with startsAt it names one outbreak. At most 200 characters. */
  readonly id: string
  /** At most 200 characters. */
  readonly title: string
  /** As the sender calls it, at most 40 characters; "unknown" when it says nothing. */
  readonly severity: string
  /** suppressed: it fires, and somebody silenced it or a greater alert inhibits it. */
  readonly status: 'firing' | 'resolved' | 'suppressed'
  /** At most 64, each value at most 1024 characters. Read them with Object.hasOwn. */
  readonly labels: Readonly<Record<string, string>>
  /** ISO instant, UTC. */
  readonly startsAt: string
}

/** An alert with the hosts of the inventory that it is about; what it maps to nothing never becomes one of these. */
export interface MappedAlert {
  readonly alert: Alert
  /** Names of the inventory, at least one; several serve the one site. */
  readonly hosts: readonly string[]
  /** The site that it is about, when it named one. */
  readonly site?: { readonly serverName: string; readonly path: string }
  /** Slack channel id of its source in the configuration; before the channels of hosts and groups. */
  readonly channel?: string
  /** The alert's own message in Slack: what is said about it goes into its thread. */
  readonly origin?: Origin
}

export interface Origin {
  /** Slack channel id. */
  readonly channel: string
  readonly ts: string
}

/** A sender's body as alerts, or why it is none. `left` of them are more than one body may carry, or more than it has sent. */
export type AlertsRead =
  | {
      readonly ok: true
      readonly alerts: readonly Alert[]
      readonly left: number
      /** The sender's own id of this delivery, the same when it is repeated, and when it was first sent. */
      readonly sent?: { readonly id: string; readonly at: string }
    }
  | { readonly ok: false; readonly reason: string }
