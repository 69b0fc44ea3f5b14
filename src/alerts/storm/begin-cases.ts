import type { Desk } from '../../jobs/desk.ts'
import type { ThreadStore } from '../../jobs/thread.ts'
import type { Logger } from '../../log.ts'
import type { CaseRecord, Cases, HeldCase } from './alert-case.ts'

export interface BeginParts {
  readonly cases: Pick<Cases, 'due' | 'claim' | 'begun'>
  readonly desk: Pick<Desk, 'diagnose' | 'diagnoseAll'>
  readonly threads: Pick<ThreadStore, 'open'>
  /** Whether the inventory has this host. */
  readonly knows: (host: string) => boolean
  readonly now: () => Date
  readonly log: Logger
}

/**
 * Opens the threads and queues the diagnoses of what alerts have begun and nobody has brought further. State came first:
 * whatever dies or stands still here, the next sweep of any bot goes on. Two bots may do this at once, because no step changes
 * what was done before: a thread that stands is left alone, and ids of diagnoses were fixed when the alert came.
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
  const via = origin === null ? 'root' : 'reply'
  await threads.open({ id, channel, rootTs: null, threadTs: origin, requester: requesterOf(held), via })
}

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

async function askAll(held: HeldCase, records: readonly CaseRecord[], { desk }: BeginParts): Promise<void> {
  const { id: threadId, title } = held
  const hosts = records.map(({ host }) => host)
  const ids = new Map(records.map(({ host, diagnosisId }) => [host, diagnosisId]))
  const site = siteOfAll(records)
  await desk.diagnoseAll({ threadId, title, hosts, ids, ...(site ? { site } : {}), requester: requesterOf(held) })
}

/** Hosts of a digest alert for many things: a site is judged only where all of them alert for it. */
function siteOfAll(records: readonly CaseRecord[]): CaseRecord['site'] {
  const [first] = records
  const same = (site: CaseRecord['site']): boolean =>
    site?.serverName === first?.site?.serverName && site?.path === first?.site?.path
  return records.every(({ site }) => same(site)) ? first?.site : undefined
}
