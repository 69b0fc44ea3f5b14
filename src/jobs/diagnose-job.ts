import { lookBack, type PastAction } from '../approval/limits.ts'
import type { Policy } from '../approval/policy/policy.ts'
import type { ProposalMaker } from '../approval/proposal-store.ts'
import type { LearnedSites } from '../history/learned-sites.ts'
import type { LastHealthy } from '../history/last-healthy.ts'
import type { History } from '../history/store.ts'
import type { Logger } from '../log.ts'
import { compareHealthy } from './compare-healthy.ts'
import { type DiagnosisBoard, ForgedRequestError } from './diagnosis-board.ts'
import type { Examination, Examine } from './examination.ts'
import { judgePasted } from './judge-pasted.ts'
import { keepForPasting } from './keep-for-pasting.ts'
import type { KeepSaid } from './keep-said.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { ThreadUpdate } from './post.ts'
import { paceProgress } from './progress-pace.ts'
import { type Offer, offerFor } from './offer.ts'
import { type DiagnoseRun, HandedBackError } from './work-diagnose.ts'
import type { PostQueue } from './queue-post.ts'
import { advised, recallPast } from './recall-past.ts'
import type { NoteRefusal } from './refusals.ts'
import { diagnosisKept } from './remembered.ts'
import { isWorthKeeping } from './worth-keeping.ts'
import type { DiagnosisRequest, PastedOutput } from './request.ts'

export interface DiagnoseParts {
  readonly board: DiagnosisBoard
  readonly posts: Pick<PostQueue, 'wake'>
  readonly proposals: ProposalMaker
  readonly examine: Examine
  readonly offer: Omit<Offer, 'policy' | 'past'>
  /** What was begun since then, by the worker's record; absent: the offer says nothing of limits. */
  readonly pastActions?: (since: Date) => Promise<readonly PastAction[]>
  /** As it is in force at this moment. */
  readonly policy: () => Policy | Promise<Policy>
  readonly lastHealthy: LastHealthy
  readonly learnedSites: LearnedSites
  readonly history: Pick<History, 'of' | 'prepare'>
  readonly keptAnswers: KeptAnswers
  readonly hideClients?: boolean
  readonly keepSaid: KeepSaid
  readonly note: NoteRefusal
  /** Whether the worker's own inventory has this host. */
  readonly knows: (host: string) => boolean
  readonly log: Logger
  readonly now: () => Date
  /** 128 random bits, hex. */
  readonly newId: () => string
  /** Most time one examination may take before it is given up, ms; its own budget is shorter. */
  readonly limitMs: number
  readonly progressEveryMs: number
}

/** One diagnosis: examine the host, tell every waiting thread how far it is, then the result with its proposal. */
export async function diagnose(run: DiagnoseRun, parts: DiagnoseParts): Promise<void> {
  const runId = parts.newId()
  const request = await beginGenuine(run.diagnosisId, runId, parts)
  if (!request) return
  if (!parts.knows(request.host)) return tellFailure(request, runId, unknownHost(request.host), parts)

  try {
    if (request.pasted) return await tellPasted(request, request.pasted, runId, parts)
    const examined = await examineHost(request, runId, run, parts)
    await learnSites(examined, parts)
    const compared = await compareHealthy(examined, parts)
    const examination = await keepForPasting(compared, parts)
    await tellResult(request, runId, examination, parts)
  } catch (error) {
    if (error instanceof HandedBackError || !run.lastAttempt) throw error
    parts.log.error({ host: request.host, diagnosis: request.id, err: error }, 'diagnosis failed')
    await tellFailure(request, runId, ownFault(request.host), parts)
  }
}

/** Null: there is nothing to do, or nobody of ours has asked for it. */
async function beginGenuine(id: string, runId: string, { board, note }: DiagnoseParts) {
  try {
    return await board.begin(id, runId)
  } catch (error) {
    if (!(error instanceof ForgedRequestError)) throw error
    await note({ what: 'request', about: id, proposal: null, by: null, because: error.message })
    return null
  }
}

/** Whoever asks for one of these sites means this host. A diagnosis without that is still one. */
async function learnSites(
  { diagnosis, sites }: Examination,
  { learnedSites, now, log }: Pick<DiagnoseParts, 'learnedSites' | 'now' | 'log'>,
): Promise<void> {
  if (sites === undefined || sites === null) return
  await learnedSites.keep(diagnosis.host, sites, now()).catch((error: unknown) => {
    log.warn({ host: diagnosis.host, err: error }, 'the sites of a host could not be remembered')
  })
}

async function tellPasted(
  request: DiagnosisRequest,
  pasted: PastedOutput,
  runId: string,
  parts: DiagnoseParts,
): Promise<void> {
  const judged = await judgePasted(request, pasted, parts)
  if (judged.kind === 'not-judged') return tellFailure(request, runId, judged.failure, parts)
  return tellResult(request, runId, await keepForPasting(judged.examination, parts), parts)
}

async function examineHost(
  request: DiagnosisRequest,
  runId: string,
  run: DiagnoseRun,
  parts: DiagnoseParts,
): Promise<Examination> {
  const { board, posts, log, now } = parts
  const pace = paceProgress(
    async (progress) => {
      const told = await board.announce(request.id, { kind: 'progress', progress }, { run: runId, last: false })
      if (told.kind === 'told') await posts.wake(told.threadIds)
    },
    parts.progressEveryMs,
    (error) => log.warn({ diagnosis: request.id, err: error }, 'progress could not be told'),
  )
  const { host, site, sinceSeconds } = request
  const ask = { host, ...(site ? { site } : {}), ...(sinceSeconds ? { sinceSeconds } : {}) }
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(parts.limitMs)])
  try {
    const examination = await parts.examine(ask, { signal, now, onProgress: pace.report })
    // An aborted examination may still come back with a partial answer: it is not the answer.
    if (run.signal.aborted) throw new HandedBackError('worker is shutting down')
    return examination
  } catch (error) {
    if (run.signal.aborted) throw new HandedBackError('worker is shutting down', { cause: error })
    throw error
  } finally {
    await pace.stop()
  }
}

async function tellResult(
  request: DiagnosisRequest,
  runId: string,
  examination: Examination,
  parts: DiagnoseParts,
): Promise<void> {
  const { board, posts, proposals, offer, policy, now, newId, history } = parts
  const kept = diagnosisKept(request, examination.diagnosis, now())
  const past = await recallPast(kept, examination.diagnosis, parts)
  const inForce = await policy()
  const terms = { ...offer, policy: inForce, ...(await begunOfLate(inForce, parts)) }
  const offered = offerFor(request, examination, terms, { id: newId(), now: now() })
  const { diagnosis } = offered
  const proposal = request.look ? null : advised(offered.proposal, past)
  // Kept before it is shown: a button that leads nowhere is worse than an offer nobody saw. A look leaves the offers that stand.
  if (proposal) await proposals.save(proposal, now())
  else if (!request.look) await proposals.supersede(request.host, now())
  if (!request.look) await parts.keepSaid(request, { diagnosis, proposal, past, kept: examination.kept ?? null })
  const update = { kind: 'diagnosis', diagnosis, proposal, diagnosisId: request.id, ...(past && { past }) } as const
  const keeping = (await isWorthKeeping(request, kept, parts)) ? history.prepare(kept) : []
  const told = await board.announce(request.id, update, { run: runId, last: true, keeping })
  if (told.kind === 'told') await posts.wake(told.threadIds)
}

/** A record that cannot be read keeps nobody from the answer: the worker asks it again before it acts. */
async function begunOfLate({ limits }: Policy, { pastActions, now, log }: DiagnoseParts): Promise<Pick<Offer, 'past'>> {
  try {
    const past = await pastActions?.(new Date(now().getTime() - lookBack(limits)))
    return past === undefined ? {} : { past }
  } catch (error) {
    log.warn({ err: error }, 'past actions could not be counted for an offer')
    return {}
  }
}

async function tellFailure(
  request: DiagnosisRequest,
  runId: string | null,
  failure: Failure,
  { board, posts }: Pick<DiagnoseParts, 'board' | 'posts'>,
): Promise<void> {
  const told = await board.announce(request.id, failure, { run: runId, last: true })
  if (told.kind === 'told') await posts.wake(told.threadIds)
}

/** For a diagnosis that no worker could end. */
export async function giveUp(request: DiagnosisRequest, parts: Pick<DiagnoseParts, 'board' | 'posts'>): Promise<void> {
  await tellFailure(request, null, ownFault(request.host), parts)
}

type Failure = Extract<ThreadUpdate, { kind: 'failed' }>

function ownFault(host: string): Failure {
  return {
    kind: 'failed',
    host,
    message: `The diagnosis of ${host} failed because of a fault in Gatemedic itself; nothing was changed on the host.`,
    next: 'Ask again; if it fails again, the log of the worker says why.',
  }
}

function unknownHost(host: string): Failure {
  return {
    kind: 'failed',
    host,
    message: `${host} is not in the inventory of the worker, so it was not asked.`,
    next: 'Give bot and worker the same inventory file and restart them.',
  }
}
