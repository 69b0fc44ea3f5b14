import type { ActionKept, DiagnosisKept, FindingKept, HistoryEntry } from './entry.ts'
import { sameTrouble, type Trouble } from './same-trouble.ts'

const minute = 60_000

/**
 * A trouble that is back after less than this, without a cure between, was never gone. A unit that systemd starts again and again began to
 * fail a moment ago at every look, so a begin alone counts only after longer than alerts leave between two looks.
 */
const apart = { seenWell: 10 * minute, sinceKnown: 120 * minute, nothingKnown: 360 * minute } as const

/** The same trouble from when it began until it was last seen. */
export interface Outbreak {
  /** When it began, ms: as the finding tells it, else when it was first looked at. */
  readonly from: number
  readonly lastSeen: number
  /** Of its looks, oldest first. */
  readonly diagnoses: readonly DiagnosisKept[]
}

export interface TroubleHistory {
  /** Oldest first. */
  readonly outbreaks: readonly Outbreak[]
  /** Actions for this trouble that ran, oldest first. */
  readonly tries: readonly ActionKept[]
}

/** The trouble of a host in what is remembered, in any order. Pure. */
export function historyOfTrouble(trouble: Trouble, host: string, entries: readonly HistoryEntry[]): TroubleHistory {
  const unique = [...new Map(entries.map((each) => [each.id, each])).values()]
  // All of them are written by toISOString, so that texts compare as times do, and far sooner.
  const sorted = unique.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
  const looks = sorted.filter((each) => each.kind === 'diagnosis').filter((each) => each.host === host)
  const seen = new Map(looks.flatMap((look) => presentIn(look, trouble, host) ?? []))
  const tries = sorted
    .filter((each) => each.kind === 'action')
    .filter((each) => isFor(each, trouble, host, seen))
    .filter(({ outcome }) => outcome === 'resolved' || outcome === 'still-failing')
  const cures = tries.filter(({ outcome }) => outcome === 'resolved').map(({ at }) => Date.parse(at))

  return { outbreaks: outbreaksIn(looks, seen, cures), tries }
}

/** `seen`: the trouble in each look that had it; `cures`: when it was cured, ms, oldest first. */
function outbreaksIn(
  looks: readonly DiagnosisKept[],
  seen: ReadonlyMap<string, FindingKept>,
  cures: readonly number[],
): readonly Outbreak[] {
  const outbreaks: Outbreak[] = []
  let well: number | null = null
  for (const look of looks) {
    const at = Date.parse(look.at)
    const finding = seen.get(look.id)
    if (finding === undefined) {
      if (look.verdict === 'healthy') well = at
      continue
    }
    const last = outbreaks.at(-1)
    const cured = cures.findLast((each) => each <= at && last !== undefined && each > last.lastSeen)
    const from = Math.max(Math.min(at, finding.since === null ? at : Date.parse(finding.since)), cured ?? 0)
    if (last === undefined || cured !== undefined || isAnother(last, { at, from, finding, well }))
      outbreaks.push({ from, lastSeen: at, diagnoses: [look] })
    else outbreaks.splice(-1, 1, { ...last, lastSeen: at, diagnoses: [...last.diagnoses, look] })
  }
  return outbreaks
}

/** Only what was judged at least likely and failed at that time counts: a possible cause is a guess, and a healed one is history. */
function presentIn(look: DiagnosisKept, trouble: Trouble, host: string): [string, FindingKept][] | null {
  const found = look.findings.find(
    (each) =>
      each.failingNow && each.confidence !== 'possible' && sameTrouble(each, trouble, { one: look.host, other: host }),
  )
  return found === undefined ? null : [[look.id, found]]
}

/** Offered for a look that had the trouble; or, where that look is of another host or forgotten, for the same cause and done to the thing itself. */
function isFor(
  action: ActionKept,
  { cause, subject }: Trouble,
  host: string,
  seen: ReadonlyMap<string, FindingKept>,
): boolean {
  if (action.cause !== cause) return false
  if (seen.has(action.diagnosis)) return true
  return subject.unit !== undefined && action.target === subject.unit && action.host === (subject.host ?? host)
}

interface Look {
  readonly at: number
  readonly from: number
  readonly finding: FindingKept
  /** The last look in which nothing was failing, ms. */
  readonly well: number | null
}

function isAnother(last: Outbreak, { at, from, finding, well }: Look): boolean {
  if (well !== null && well > last.lastSeen) return at - last.lastSeen >= apart.seenWell
  if (finding.since !== null) return from - last.lastSeen >= apart.sinceKnown
  return at - last.lastSeen >= apart.nothingKnown
}
