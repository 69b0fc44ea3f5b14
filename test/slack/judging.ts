import type { Message } from '../../demo/slack/model.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { createKeptCaptures } from '../../src/history/kept-captures.ts'
import { createSaidKeeper } from '../../src/history/said.ts'
import { createHistory } from '../../src/history/store.ts'
import type { HistoryRead } from '../../src/history/store.ts'
import { openFeedbackDesk } from '../../src/jobs/feedback-on-redis.ts'
import type { FeedbackDesk } from '../../src/jobs/feedback.ts'
import type { ThreadStore } from '../../src/jobs/thread.ts'
import type { RedisClient } from '../../src/redis.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { diagnosed } from './cases.ts'
import type { Office } from './office.ts'

export const channel = 'C0INCIDENTS'
export const at = new Date('2026-11-21T03:09:00Z')
const file = { answerHours: 24, wrongAnswerDays: 90, answerMegabytes: 64, historyDays: 90 }
const limits = { hours: 24, wrongDays: 90, megabytes: 64 }
const requester = { kind: 'user', userId: 'U0DANA00001' } as const

export function deskOn(client: RedisClient, now = () => at): (threads: ThreadStore) => FeedbackDesk {
  return (threads) => openFeedbackDesk(client, botKeys, { file, threads, now })
}

/** What a worker keeps of a diagnosis that it tells. */
export async function tell(client: RedisClient, id: string, diagnosis: Diagnosis = diagnosed): Promise<void> {
  const { host, verdict, headline, findings } = diagnosis
  const askedAt = '2026-11-21T03:08:01.000Z'
  const saidAt = '2026-11-21T03:08:12.000Z'
  const words = { id, host, askedAt, saidAt, askedBy: requester, proposal: null, diagnosis }
  await createSaidKeeper(client, workerKeys.signer).keep(words)
  const captures = [{ capture: capture(host), args: [], round: 1 }]
  const snapshot = { host, collectedAt: saidAt, timezone: '+00:00', recordedOn: 'a test', captures }
  await createKeptCaptures(client, limits, () => at).keep(id, snapshot)
  await historyOn(client, workerKeys.signer).keep({
    kind: 'diagnosis',
    id,
    host,
    at: saidAt,
    verdict,
    headline,
    findings: findings.slice(0, 3).map(({ cause, kind, confidence, failingNow, subject, summary, since }) => ({
      cause,
      kind,
      confidence,
      failingNow,
      subject,
      summary,
      since,
    })),
    by: 'user',
    who: requester.userId,
  })
}

function capture(host: string) {
  const ended = { exitCode: 0, ms: 3, truncated: false, timedOut: false }
  return { probe: 'host', host, command: 'uname -a', stdout: 'Linux web-1\n', stderr: '', ...ended }
}

function historyOn(client: RedisClient, signer = botKeys.signer) {
  return createHistory({ client, bot: botKeys.bot, worker: botKeys.worker, signer, days: 90, now: () => at })
}

/** All that is remembered of a host, as a process that starts now reads it. */
export function remembered(client: RedisClient, host: string): Promise<HistoryRead> {
  const from = new Date(at.getTime() - 3_600_000)
  return historyOn(client).of(host, { from, to: new Date(at.getTime() + 3_600_000) })
}

/** Delivers the diagnosis into a thread of its own and gives back the message with the row. */
export async function shown(office: Office, id: string, diagnosis: Diagnosis = diagnosed): Promise<Message> {
  const threadId = `thread-${id}`
  await office.queues.open({ id: threadId, channel, rootTs: null, threadTs: null, requester, via: 'root' })
  await office.post(threadId, { kind: 'diagnosis', diagnosis, proposal: null, diagnosisId: id })
  const thread = await office.queues.find(threadId)
  const message = office.slack.workspace.message(channel, thread?.posted['limits'] ?? '')
  if (message === undefined) throw new Error('no message with the row')
  return message
}

/** The row's words as they stand now. */
export function row(office: Office, message: Message): string {
  const now = office.slack.workspace.message(channel, message.ts)
  const said = JSON.stringify(now?.blocks.filter((block) => JSON.stringify(block).includes('feedback:said')))
  return /"text":"(?<text>[^"]*)"/.exec(said)?.groups?.['text'] ?? ''
}
