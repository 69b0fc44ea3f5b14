import { clientsIn } from '../examine/clients-of.ts'
import { leaveAnswers, leaveDiagnosis } from '../examine/leave.ts'
import { rejudge } from '../examine/rejudge.ts'
import type { Examination } from './examination.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { ThreadUpdate } from './post.ts'
import type { DiagnosisRequest, PastedOutput } from './request.ts'

type Failure = Extract<ThreadUpdate, { kind: 'failed' }>
export type PastedJudgement =
  | { readonly kind: 'judged'; readonly examination: Examination }
  | { readonly kind: 'not-judged'; readonly failure: Failure }

interface PastedParts {
  readonly keptAnswers: KeptAnswers
  /** Addresses of clients leave as client-1, client-2. */
  readonly hideClients?: boolean
}

/** Judges kept answers again with what somebody pasted. The host is not asked, and nothing may be done on it because of this. */
export async function judgePasted(
  { host }: Pick<DiagnosisRequest, 'host'>,
  pasted: PastedOutput,
  { keptAnswers: kept, hideClients = false }: PastedParts,
): Promise<PastedJudgement> {
  const found = await kept.find(pasted.key)
  if (found === null || found.snapshot.host !== host) return notJudged(host, gone)
  const again = rejudge(found.snapshot, { probe: found.probe, text: pasted.text, by: pasted.by })
  if (again === null)
    return notJudged(host, `This is not what the command prints that was asked for, so ${host} was not judged again.`)
  const leaving = { clients: clientsIn(again.snapshot), maskClients: hideClients }
  const examination: Examination = {
    diagnosis: leaveDiagnosis(again.diagnosis, leaving),
    guards: new Map(),
    live: 'not-checked',
    digest: null,
    kept: leaveAnswers(again.snapshot, leaving),
  }
  return { kind: 'judged', examination }
}

const gone = 'The answers of that diagnosis are kept for an hour, and are gone.'

function notJudged(host: string, message: string): PastedJudgement {
  const next =
    message === gone ? 'Diagnose the host again.' : 'Press the button again and paste the whole output, as it stands.'
  return { kind: 'not-judged', failure: { kind: 'failed', host, message, next } }
}
