import { incidentRecord, peopleIn, recordName } from '../history/incident-record.ts'
import type { IncidentSources } from '../jobs/feedback.ts'
import { type Asker, mayAsk } from './ask.ts'
import { rowOf, turnAway } from './feedback.ts'
import type { Interaction } from './interaction.ts'
import { noFilesMessage, recordPages } from './messages/incident.ts'
import { plainMessage } from './messages/replies.ts'
import type { PressParts } from './press.ts'
import { refusesFiles } from './slack-errors.ts'

/** Writes the record of an incident into its thread, as a file; where Slack takes none from us, as messages. */
export async function pressRecord(parts: PressParts, asker: Asker, interaction: Interaction): Promise<void> {
  const at = rowOf(interaction)
  const ids = at === null ? null : (parts.feedback?.open(at.value, at) ?? null)
  if (at === null || ids === null || parts.feedback === undefined) return turnAway(parts, asker, interaction)
  const decision = await mayAsk(parts, asker)
  if (!decision.allowed) return asker.tellAlone(plainMessage(decision.because))
  const sources = await parts.feedback.incident(ids)
  if (sources === null)
    return asker.tellAlone(plainMessage('I know nothing of this diagnosis any more, so there is no record to write.'))
  const text = await recordOf(parts, asker.userId, ids.threadId, sources)
  const file = { name: recordName(sources.said), title: `Incident record of ${sources.said.host}`, text }
  const place = { channel: at.channel, threadTs: at.threadTs }
  try {
    await parts.web.upload(place, file)
  } catch (error) {
    if (!refusesFiles(error)) throw error
    parts.log.warn({ err: error }, 'slack takes no files from this app: the scope files:write is missing')
    await asker.tellAlone(noFilesMessage())
    const mark = { threadId: ids.threadId, key: `record-${interaction.actionTs}` }
    for (const page of recordPages(text)) await parts.web.post(place, page, mark)
  }
  parts.log.info({ diagnoses: ids.diagnoses, userId: asker.userId }, 'an incident record was written')
}

async function recordOf(
  { web, nameOf, now, log, alertThreads }: PressParts,
  reader: string,
  threadId: string,
  sources: IncidentSources,
): Promise<string> {
  const ids = [...new Set([reader, ...peopleIn(sources)])]
  const names = new Map(await Promise.all(ids.map(async (id) => [id, await nameOf(id)] as const)))
  const zone = await web.zoneOf(reader).catch((error: unknown) => {
    log.warn({ err: error }, 'slack did not say in which zone a reader is')
    return null
  })
  const alerts = (await alertThreads?.tallyOf(threadId)) ?? null
  return incidentRecord({ ...sources, alerts, names, writtenAt: now(), writtenFor: reader, zone })
}
