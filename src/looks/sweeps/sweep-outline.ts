import { type GroupSweep, type SweepNote, topics, type Topic } from './group-sweep.ts'

/** One line of the message: what is so on these hosts. */
export interface SweepLine {
  readonly text: string
  readonly hosts: readonly string[]
}

export interface SweepSection {
  readonly topic: Topic
  readonly lines: readonly SweepLine[]
}

export interface SweepOutline {
  readonly title: string
  readonly total: number
  readonly answered: number
  /** Hosts with something to be told. */
  readonly troubled: number
  readonly things: number
  /** The worst first; none: nothing to report. */
  readonly sections: readonly SweepSection[]
}

/** Puts what the hosts say together by topic, the same on several hosts once. Pure. */
export function sweepOutline({ title, hosts, rows }: GroupSweep): SweepOutline {
  const silent = hosts.filter((host) => !rows.some((row) => row.host === host))
  const late: SweepNote = { topic: 'no-answer', text: 'not looked at in time. Does the worker run?' }
  const all = [...rows, ...silent.map((host) => ({ host, notes: [late] }))]
  const said = all.flatMap(({ host, notes }) => notes.map((note) => ({ host, note })))
  const sections = topics.flatMap((topic) => {
    const lines = linesOf(said.filter(({ note }) => note.topic === topic))
    return lines.length === 0 ? [] : [{ topic, lines }]
  })
  return {
    title,
    total: hosts.length,
    answered: rows.length,
    troubled: all.filter(({ notes }) => notes.length > 0).length,
    things: sections.reduce((sum, { lines }) => sum + lines.length, 0),
    sections,
  }
}

interface Said {
  readonly host: string
  readonly note: SweepNote
}

/** What ends first, then what is so on most hosts. */
function linesOf(said: readonly Said[]): readonly SweepLine[] {
  const byText = new Map<string, { readonly note: SweepNote; readonly hosts: Set<string> }>()
  for (const { host, note } of said) {
    const text = withoutName(note.text, host)
    const known = byText.get(text) ?? { note, hosts: new Set<string>() }
    byText.set(text, { note: known.note, hosts: known.hosts.add(host) })
  }
  return [...byText]
    .toSorted(
      ([, a], [, b]) =>
        (a.note.ends ?? '').localeCompare(b.note.ends ?? '') ||
        b.hosts.size - a.hosts.size ||
        byName(first(a.hosts), first(b.hosts)),
    )
    .map(([text, { hosts }]) => ({ text, hosts: [...hosts].toSorted(byName) }))
}

function first(hosts: ReadonlySet<string>): string {
  return [...hosts][0] ?? ''
}

/** web-2 before web-10. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** The line begins with the names of its hosts. */
function withoutName(text: string, host: string): string {
  const lead = [`${host}: `, `${host} is `].find((each) => text.startsWith(each)) ?? ''
  return text.slice(lead.length)
}
