/** Who or what asked: a person of Slack, or an alert that has no person behind it. */
export type Requester =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'alert'; readonly source: string; readonly title: string }

/** What somebody pasted as the output of the command that an undetermined diagnosis asked for. Redacted before it is queued. */
export interface PastedOutput {
  /** Under which the answers of that diagnosis are kept. */
  readonly key: string
  readonly text: string
  /** The person's name, as it is shown. */
  readonly by: string
}

/** A wish for one diagnosis of one inventory host. Address, user and key never travel in a job: they come from the worker's own inventory. */
export interface DiagnosisRequest {
  readonly id: string
  /** Inventory name. */
  readonly host: string
  /** Asked for as a site or URL: that server block and path are judged first. */
  readonly site?: { readonly serverName: string; readonly path: string }
  /** Looks back this many seconds instead of the usual window. */
  readonly sinceSeconds?: number
  /** Judges kept answers again with this, and asks no host. */
  readonly pasted?: PastedOutput
  readonly requester: Requester
  /** The conversation that gets the answer; made by the bot before the job is queued. */
  readonly threadId: string
  /** One of several hosts that were asked for together: whoever asks for one host alone goes first. */
  readonly fleet?: true
  /** Nobody waits for it (a watch, a sweep): it goes last, makes no offer, and leaves the offers that stand. */
  readonly look?: true
}

/** A wish for the diagnoses of several inventory hosts with one thread for all of them. */
export interface FleetRequest {
  /** Asked again with the same thread, further hosts are added and those that have answered are asked anew. */
  readonly threadId: string
  /** As it was asked for, for people: "group:edge", "shop.example.com", "alerts". */
  readonly title: string
  /** Inventory names. */
  readonly hosts: readonly string[]
  /** Ids of the diagnoses by host, where they were fixed before: asked again under the same id, a host is not asked anew. */
  readonly ids?: ReadonlyMap<string, string>
  readonly site?: { readonly serverName: string; readonly path: string }
  readonly sinceSeconds?: number
  readonly requester: Requester
}

/** A look at several hosts by the clock, for a thread that was opened as one of looks. */
export interface LookRequest {
  readonly threadId: string
  /** `host` by its inventory name. Asked again under the same id, nothing is done twice. */
  readonly looks: readonly { readonly id: string; readonly host: string }[]
  readonly site?: { readonly serverName: string; readonly path: string }
  readonly requester: Requester
}
