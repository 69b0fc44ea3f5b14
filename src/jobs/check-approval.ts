import type { Action } from '../actions/action.ts'
import { alsoLoadsWords } from '../actions/outlook.ts'
import { unfit } from '../actions/unfit.ts'
import { type Approval, readApproval } from '../approval/approval.ts'
import { decide } from '../approval/policy/decide.ts'
import { whyOtherPolicy } from '../approval/policy/hashed.ts'
import { whyNotOthersEdits } from '../approval/policy/others-edits.ts'
import type { Found } from '../approval/proposal-store.ts'
import { aloneSeconds } from '../approval/review.ts'
import type { ActParts } from './act-parts.ts'

export type Checked =
  | { readonly ok: true; readonly approval: Approval }
  /** `forged`: it did not come from where it says, which somebody should look into. */
  | { readonly ok: false; readonly because: string; readonly forged: boolean }

/** What the worker has of its own; Redis is not among it. */
type CheckParts = Pick<ActParts, 'bot' | 'hostOf' | 'now' | 'policy' | 'refusalOf'> & {
  readonly audit: Pick<ActParts['audit'], 'wasStarted' | 'aloneAt'>
}

/** Whether a claimed action may begin, judged from the worker's own files and from what the bot signed; Redis is not asked. */
export async function checkApproval(
  found: Found,
  action: Action | null,
  { audit, bot, hostOf, now, policy, refusalOf }: CheckParts,
): Promise<Checked> {
  const { proposal } = found
  if (proposal.state.kind !== 'claimed') return not('nobody has approved it')
  const read = readApproval(proposal.state.approval, bot, found, now())
  if (!read.ok) return { ok: false, because: read.because, forged: !read.because.includes(' waited ') }
  const { approval } = read
  const host = hostOf(proposal.host)
  if (host === null) return not(`${proposal.host} is not in the inventory of the worker`)
  const wanted = { host, action: proposal.action, requester: proposal.requester, askedAt: approval.askedAt }
  const inForce = await policy()
  const other = whyOtherPolicy(approval.policy, inForce)
  if (other !== null) return not(other)
  const decision = decide(inForce, wanted, approval.presses, now())
  if (decision.kind !== 'enough') return not(`the worker's own policy does not allow it: ${decision.because}`)
  const others = whyNotOthersEdits(inForce, wanted, alsoLoadsWords(proposal.alsoLoads))
  if (others !== null) return not(`the worker's own policy does not allow it: ${others}`)
  if (!action) return not(`Gatemedic cannot do ${proposal.action}`)
  const argv = action.argv(proposal.target)
  if (argv.join(' ') !== proposal.argv.join(' '))
    return not('the command of the proposal is not the command of this action')
  const misfit = unfit(action, proposal.guard, proposal.target)
  if (misfit) return not(misfit)
  if (audit.wasStarted(proposal.id))
    return { ok: false, because: 'the audit says that this approval was used before', forged: true }
  const before = approval.presses.some(({ how }) => how === 'break-glass') ? audit.aloneAt(proposal.host) : null
  if (before !== null && now().getTime() - Date.parse(before) < aloneSeconds * 1000)
    return not(`somebody went on alone on ${proposal.host} at ${before}, and once an hour is all`)
  const refusal = refusalOf(proposal.host, action, proposal.target)
  return refusal === null ? { ok: true, approval } : not(refusal)
}

function not(because: string): Checked {
  return { ok: false, because, forged: false }
}
