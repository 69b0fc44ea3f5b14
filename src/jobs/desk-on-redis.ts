import type { FleetRunStore } from '../approval/fleet-run-store.ts'
import type { PolicyHost, Policy } from '../approval/policy/policy.ts'
import type { ProposalStore } from '../approval/proposal-store.ts'
import type { Audit } from '../audit/audit.ts'
import type { Logger } from '../log.ts'
import type { Signer, Verifier } from '../signing/signed.ts'
import type { RedisClient } from '../redis.ts'
import type { Desk, FleetTaken, Taken } from './desk.ts'
import type { DiagnosisBoard } from './diagnosis-board.ts'
import { offerTogether } from './offer-together.ts'
import { press, wishesOf } from './press.ts'
import { pressTogether } from './press-together.ts'
import type { ActQueue } from './queue-act.ts'
import type { DiagnoseQueue } from './queue-diagnose.ts'
import { withinReach } from './reach.ts'
import type { NoteRefusal } from './refusals.ts'
import type { DiagnosisRequest, FleetRequest, LookRequest } from './request.ts'
import { review } from './review.ts'
import type { ReviewStore } from './review-store.ts'
import type { TellApproval } from './tell-approval.ts'

export interface DeskParts {
  /** An `ask` client: a person waits for the answer. */
  readonly client: RedisClient
  readonly board: Pick<DiagnosisBoard, 'join' | 'joinAll' | 'joinEach'>
  readonly diagnoses: Pick<DiagnoseQueue, 'ensure' | 'ensureAll' | 'hurry'>
  readonly acts: Pick<ActQueue, 'ensure'>
  readonly proposals: ProposalStore
  readonly runs: FleetRunStore
  /** Hosts of one run that are acted on side by side, at most. */
  readonly actionsAtOnce: number
  readonly signer: Signer
  /** The public key of the bot, by which presses that wait are read. */
  readonly bot: Verifier
  readonly tell: TellApproval
  readonly reviews: ReviewStore
  /** Of the bot: who went on alone is written down before. */
  readonly audit: Pick<Audit, 'append' | 'aloneAt'>
  readonly log: Logger
  /** As it is in force at this moment. */
  readonly policy: () => Policy | Promise<Policy>
  /** Null: the inventory does not have it. */
  readonly hostOf: (name: string) => PolicyHost | null
  readonly note: NoteRefusal
  /** How long an offer stays open after another person was asked, minutes. */
  readonly minutes: number
  readonly now: () => Date
  /** 128 random bits, hex. */
  readonly newId: () => string
}

export function createDesk(parts: DeskParts): Desk {
  return {
    diagnose: (request) => withinReach(parts.client, () => diagnose(parts, request)),
    diagnoseAll: (request) => withinReach(parts.client, () => diagnoseAll(parts, request)),
    look: (request) => withinReach(parts.client, () => look(parts, request)),
    press: (proposalId, presser) => withinReach(parts.client, () => press(parts, proposalId, presser)),
    offerTogether: (...fleet) => withinReach(parts.client, () => offerTogether(parts, ...fleet)),
    pressTogether: (...press_) => withinReach(parts.client, () => pressTogether(parts, ...press_)),
    wishesOf: (proposalId) => withinReach(parts.client, () => wishesOf(parts, proposalId)),
    reviews: () => withinReach(parts.client, parts.reviews.all),
    review: (proposalId, presser) => withinReach(parts.client, () => review(parts, proposalId, presser)),
  }
}

async function diagnose({ board, diagnoses, now }: DeskParts, request: DiagnosisRequest): Promise<Taken> {
  const taken = await board.join(request, now())
  // Also after joining: if the first asker's bot died between these two steps, there is no job yet.
  await (taken.kind === 'joined' ? diagnoses.hurry(taken.diagnosisId) : diagnoses.ensure(taken.diagnosisId))
  return taken
}

async function diagnoseAll(
  { board, diagnoses, now, newId }: DeskParts,
  { title, hosts, ids, ...rest }: FleetRequest,
): Promise<FleetTaken> {
  const names = [...new Set(hosts)]
  if (names.length === 0) return { queued: 0, joined: 0 }
  const requests = names.map((host): DiagnosisRequest => ({
    ...rest,
    id: ids?.get(host) ?? newId(),
    host,
    fleet: true,
  }))
  const taken = await board.joinAll({ threadId: rest.threadId, title, requests }, now())
  const queued = await ensureQueued(diagnoses, taken)
  return { queued, joined: taken.length - queued }
}

async function look({ board, diagnoses, now }: DeskParts, { looks, ...rest }: LookRequest): Promise<void> {
  const requests = looks.map(({ id, host }): DiagnosisRequest => ({ ...rest, id, host, fleet: true, look: true }))
  await ensureQueued(diagnoses, await board.joinEach(requests, now()))
}

/** What is joined has its job, where whoever asked first has put it; the worker's sweep looks after what was left without one. */
async function ensureQueued(diagnoses: DeskParts['diagnoses'], taken: readonly Taken[]): Promise<number> {
  const queued = taken.flatMap(({ kind, diagnosisId }) => (kind === 'queued' ? [diagnosisId] : []))
  await diagnoses.ensureAll(queued)
  return queued.length
}
