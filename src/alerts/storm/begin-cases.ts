import type { Desk } from '../../jobs/desk.ts'
import type { FleetStore } from '../../jobs/fleet.ts'
import type { ThreadStore } from '../../jobs/thread.ts'
import type { Logger } from '../../log.ts'
import type { CaseRecord, Cases, HeldCase } from './alert-case.ts'

export interface BeginParts {
  readonly cases: Pick<Cases, 'due' | 'claim' | 'begun'>
  readonly desk: Pick<Desk, 'diagnose' | 'diagnoseAll'>
  readonly threads: Pick<ThreadStore, 'find' | 'open'>
  readonly fleets: Pick<FleetStore, 'find'>
  /** Whether the inventory has this host. */
  readonly knows: (host: string) => boolean
  readonly now: () => Date
  readonly log: Logger
}

/**
 * Opens the threads and queues the diagnoses of what alerts have begun and nobody has brought further. State came first:
 * whatever dies here, the next sweep of any bot goes on, and what was done before is not done again.
 */
export async function beginCases(parts: BeginParts): Promise<void> {
  for (const id of await parts.cases.due(parts.now())) {
    const held = await parts.cases.claim(id, parts.now())
    if (!held) continue
    // One that cannot be begun must not keep the others waiting; its lease runs out, and it is tried again.
    await beginCase(held, parts).catch((error: unknown) =>
      parts.log.warn({ case: id, err: error }, 'what an alert starts could not be begun, tried again'),
    )
  }
}

async function beginCase(held: HeldCase, parts: BeginParts): Promise<void> {
  const { cases, log, knows } = parts
  const records = held.hosts.flatMap(({ host, record }) => (record !== null && knows(host) ? [record] : []))
  if (records.length < held.hosts.length)
    log.error(
      { case: held.id, left: held.hosts.length - records.length },
      'hosts of an alert were not signed or are gone',
    )
  if (records.length > 0) {
    await openThread(held, parts)
    await (held.kind === 'fleet' ? askAll(held, records, parts) : askEach(held, records, parts))
    log.info({ case: held.id, hosts: records.length, title: held.title }, 'diagnosis started by an alert')
  }
  await cases.begun(
    held.id,
    held.hosts.map(({ host }) => host),
  )
}

function requesterOf({ source, first }: HeldCase) {
  return { kind: 'alert', source, title: first } as const
}

async function openThread(held: HeldCase, { threads }: BeginParts): Promise<void> {
  const { id, channel, origin } = held
  if ((await threads.find(id)) !== null) return
  const via = origin === null ? 'root' : 'reply'
  await threads.open({ id, channel, rootTs: null, threadTs: origin, requester: requesterOf(held), via })
}

/** The id of the diagnosis is the one that was signed: queued again, it is the same. */
async function askEach(held: HeldCase, records: readonly CaseRecord[], { desk }: BeginParts): Promise<void> {
  for (const { diagnosisId, host, site } of records)
    await desk.diagnose({
      id: diagnosisId,
      host,
      ...(site ? { site } : {}),
      requester: requesterOf(held),
      threadId: held.id,
    })
}

async function askAll(held: HeldCase, records: readonly CaseRecord[], { desk, fleets }: BeginParts): Promise<void> {
  const { id: threadId, title } = held
  // Hosts of a fleet are asked anew when they are asked for twice; a bot that died has asked all of them or none.
  const asked = held.again ? new Set((await fleets.find(threadId))?.hosts.map(({ host }) => host)) : new Set<string>()
  const hosts = records.map(({ host }) => host).filter((host) => !asked.has(host))
  if (hosts.length === 0) return
  const site = siteOfAll(records.filter(({ host }) => hosts.includes(host)))
  await desk.diagnoseAll({ threadId, title, hosts, ...(site ? { site } : {}), requester: requesterOf(held) })
}

/** Hosts of a digest alert for many things: a site is judged only where all of them alert for it. */
function siteOfAll(records: readonly CaseRecord[]): CaseRecord['site'] {
  const [first] = records
  const same = (site: CaseRecord['site']): boolean =>
    site?.serverName === first?.site?.serverName && site?.path === first?.site?.path
  return records.every(({ site }) => same(site)) ? first?.site : undefined
}
