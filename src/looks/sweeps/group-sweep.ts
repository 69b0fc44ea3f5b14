/** What a sweep tells of: the worst first. */
export const topics = [
  'failing',
  'unreachable',
  'unclear',
  'certificate',
  'room',
  'not-loaded',
  'latent',
  'rights',
  'no-answer',
] as const

export type Topic = (typeof topics)[number]

export interface SweepNote {
  readonly topic: Topic
  /** One sentence about the host, without its name where that is possible. */
  readonly text: string
  /** Of a certificate: the day on which it ends, "2026-11-30". */
  readonly ends?: string
}

/** What one host has to say. */
export interface SweepRow {
  readonly host: string
  readonly notes: readonly SweepNote[]
}

/** One run of a scheduled sweep over the hosts of a group. */
export interface GroupSweep {
  /** Also of its thread. */
  readonly id: string
  /** "group:edge" or "all hosts" */
  readonly title: string
  readonly hosts: readonly string[]
  /** ISO instants. */
  readonly startedAt: string
  /** Told then, whoever has not answered. */
  readonly deadline: string
  readonly rows: readonly SweepRow[]
}

export interface GroupSweepStore {
  /** Again with the same id, nothing changes. */
  readonly open: (sweep: Omit<GroupSweep, 'rows'>) => Promise<void>
  readonly answered: (id: string, row: SweepRow) => Promise<void>
  /** Those that every host has answered, or whose time is over, and that were not told so; each given to one bot for a while. */
  readonly claimComplete: (now: Date) => Promise<readonly GroupSweep[]>
  /** So many answers were told. */
  readonly told: (id: string, answers: number) => Promise<void>
}
