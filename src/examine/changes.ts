import type { Diagnosis, Finding } from '../diagnosis/diagnosis.ts'
import type { Facts } from '../probes/index.ts'
import { agoOf } from '../symptoms/time.ts'

/** A change counts as "before it began" when it is this much older at most, in seconds. */
const reach = 24 * 3600

/** Stamps of logs are whole seconds, and the first error may come while the change is still going on. */
const slack = 30

/** Most changes that a diagnosis tells. */
const most = 5

interface Candidate {
  /** Seconds since the epoch, by the host's clock. */
  readonly at: number
  readonly what: string
}

/**
 * What changed last on the host before the trouble began: packages, unit files, applications, nginx's configuration, a boot. A change
 * near the beginning is a hint for people and proves nothing, so no rule reads it. Pure.
 */
export function changesBefore(findings: readonly Finding[], facts: Facts): NonNullable<Diagnosis['changes']> {
  const began = beginningOf(findings)
  if (began === null || !facts.host.known) return []
  return [...packages(facts), ...files(facts), ...configuration(facts), ...boot(facts)]
    .filter(({ at }) => at <= began + slack && at >= began - reach)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, most)
    .map(({ at, what }) => ({
      at: new Date(at * 1000).toISOString(),
      what,
      secondsBefore: Math.max(0, Math.round(began - at)),
    }))
}

function beginningOf(findings: readonly Finding[]): number | null {
  const first = findings.find((finding) => finding.failingNow)
  const times = [first?.since, first?.impact?.firstSeen].flatMap((time) =>
    time == null ? [] : [Date.parse(time) / 1000],
  )
  return times.length === 0 ? null : Math.min(...times)
}

function packages({ 'recent-changes': recent }: Facts): Candidate[] {
  const changes = recent.known ? recent.value.changes.filter((change) => change.kind === 'package') : []
  // One run of a package manager is one change.
  const runs = clustered(changes, () => 'packages', 120)
  return runs.map(({ at, members }) => ({
    at,
    what: `packages: ${members
      .slice(-3)
      .map((each) => each.what)
      .join(', ')}${more(members.length - 3)}`,
  }))
}

function files({ 'recent-changes': recent }: Facts): Candidate[] {
  const changes = recent.known ? recent.value.changes.filter((change) => change.kind !== 'package') : []
  return clustered(changes, ({ kind, what }) => `${kind} ${folderOf(what)}`, 60).map(({ at, members }) => {
    const [first] = members
    const word = first?.kind === 'deploy' ? 'files of an application' : 'unit or service settings'
    const what = members.length === 1 ? (first?.what ?? '') : `${folderOf(first?.what ?? '')} (${members.length} files)`
    return { at, what: `${word}: ${what}` }
  })
}

function configuration({ 'nginx-config': config }: Facts): Candidate[] {
  if (!config.known) return []
  const stats = config.value.stats.filter((stat) => stat.kind !== 'directory')
  const changes = stats.map((stat) => ({ at: stat.ctime, what: stat.path }))
  return clustered(changes, () => 'configuration', 60).map(({ at, members }) => ({
    at,
    what: `nginx configuration: ${members
      .slice(0, 2)
      .map((each) => each.what)
      .join(', ')}${more(members.length - 2)}`,
  }))
}

function boot({ host }: Facts): Candidate[] {
  return host.known ? [{ at: host.value.epoch - agoOf(0, host.value), what: 'the host was booted' }] : []
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : ''
}

/** "/srv/shop/releases/12/app.py" -> "/srv/shop". */
function folderOf(path: string): string {
  return path.split('/').slice(0, 3).join('/')
}

/** Changes of one kind that follow one another within `seconds`, as one, at the time of the last. */
function clustered<T extends Candidate>(
  all: readonly T[],
  keyOf: (change: T) => string,
  seconds: number,
): readonly { readonly at: number; readonly members: readonly T[] }[] {
  const clusters: { at: number; key: string; members: T[] }[] = []
  for (const change of all.toSorted((a, b) => a.at - b.at)) {
    const key = keyOf(change)
    const open = clusters.findLast((cluster) => cluster.key === key)
    if (open && change.at - open.at <= seconds) {
      open.members.push(change)
      open.at = change.at
    } else clusters.push({ at: change.at, key, members: [change] })
  }
  return clusters
}
