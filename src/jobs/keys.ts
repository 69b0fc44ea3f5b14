/** Names of everything the queues keep in Redis beside BullMQ's own keys (those begin with `bull`). */
export const keys = {
  thread: (id: string) => `gatemedic:thread:${id}`,
  threadPosted: (id: string) => `gatemedic:thread:${id}:posted`,
  threadRevision: (id: string) => `gatemedic:thread:${id}:revision`,
  threadResponse: (id: string) => `gatemedic:thread:${id}:response`,
  /** Hash of what the fleet of a thread is and how far it is told. */
  fleet: (threadId: string) => `gatemedic:fleet:${threadId}`,
  /** Hash host -> round and answer, a line each. */
  fleetMembers: (threadId: string) => `gatemedic:fleet:${threadId}:members`,
  /** Held while a bot shows a fleet, and for the pause after it. */
  fleetTaken: (threadId: string) => `gatemedic:fleet:${threadId}:taken`,
  /** Set of thread ids of fleets that are not told to the end. */
  fleets: 'gatemedic:fleets',
  outbox: (threadId: string) => `gatemedic:outbox:${threadId}`,
  /** Set of thread ids that have something to say. */
  outboxes: 'gatemedic:outboxes',
  diagnosis: (id: string) => `gatemedic:diagnosis:${id}`,
  /** Hash thread id -> requester of one diagnosis. */
  subscribers: (diagnosisId: string) => `gatemedic:diagnosis:${diagnosisId}:subscribers`,
  /** Hash scope -> id of the diagnosis of this host that can still be joined. */
  joinable: (host: string) => `gatemedic:joinable:${host}`,
  /** Set of ids of diagnoses that have not ended. */
  openDiagnoses: 'gatemedic:diagnoses:open',
  /** Answers of a diagnosis that asks for pasted output. */
  keptAnswers: (id: string) => `gatemedic:answers:${id}`,
  /** Sign of life of the worker that runs this action. */
  acting: (proposalId: string) => `gatemedic:proposal:${proposalId}:acting`,
  /** Set of ids of proposals whose message says that another person is asked for. */
  askedShown: 'gatemedic:proposals:asked:shown',
  /** Hash proposal id -> review of who went on alone. */
  reviews: 'gatemedic:reviews',
  /** Who goes on alone on this host, for an hour. */
  aloneOn: (host: string) => `gatemedic:alone:${host}`,
  /** Held while a member of this inventory group is interrupted. */
  interrupting: (group: string) => `gatemedic:interrupting:${group}`,
  settling: (proposalId: string) => `gatemedic:proposal:${proposalId}:settling`,
} as const

/** Threads, results and proposals are kept for 14 days. */
export const keepSeconds = 14 * 24 * 3600
