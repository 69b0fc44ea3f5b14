import type { Logger } from '../log.ts'
import type { Examination } from './examination.ts'
import type { KeptAnswers } from './kept-answers.ts'

export interface KeepParts {
  readonly keptAnswers: KeptAnswers
  readonly newId: () => string
  readonly log: Pick<Logger, 'warn'>
}

/** Keeps the answers of a diagnosis that asks for one more command, so that its output can be pasted; the question then says under which key. */
export async function keepForPasting(
  examination: Examination,
  { keptAnswers, newId, log }: KeepParts,
): Promise<Examination> {
  const { diagnosis, kept } = examination
  const { ask } = diagnosis
  if (ask === undefined || ask.probe === null || kept === undefined || kept === null) return examination
  const paste = newId()
  try {
    if (!(await keptAnswers.keep(paste, { probe: ask.probe, snapshot: kept }))) return examination
    return { ...examination, diagnosis: { ...diagnosis, ask: { ...ask, paste } } }
  } catch (error) {
    // Without them the question can still be read; only its answer has no way back.
    log.warn({ host: diagnosis.host, err: error }, 'the answers of a diagnosis could not be kept')
    return examination
  }
}
