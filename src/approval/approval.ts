import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Signed, Signer, Verifier } from '../signing/signed.ts'
import type { Press } from './policy/decide.ts'
import type { Proposal } from './proposal.ts'
import { press } from './stored-proposal.ts'

/** What the bot attests: who pressed for exactly this proposal, and how he was seen to belong to the groups of the policy. */
export interface Approval {
  /** sha256 (hex) of the proposal's signed text. */
  readonly proposal: string
  readonly host: string
  readonly action: string
  readonly target: string
  readonly guard: string
  readonly presses: readonly Press[]
  readonly askedAt: string | null
  readonly at: string
  /** The run over several hosts that it is a part of. */
  readonly run?: string
  /** Hash of the policy by which the bot decided. */
  readonly policy?: string
}

/** An approval is for now: one that waited longer for a worker is none any more. */
export const approvalSeconds = 60

/** Clocks of two machines may differ by a few seconds. */
const skewSeconds = 10

const shape = z.strictObject({
  proposal: z.string().regex(/^[0-9a-f]{64}$/),
  host: z.string(),
  action: z.string(),
  target: z.string(),
  guard: z.string(),
  presses: z.array(press).min(1).max(10),
  askedAt: z.iso.datetime().nullable(),
  at: z.iso.datetime(),
  run: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .exactOptional(),
  policy: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
})

export function hashOf(signedText: string): string {
  return createHash('sha256').update(signedText).digest('hex')
}

export function signApproval(
  signer: Signer,
  { proposal, hash }: { readonly proposal: Proposal; readonly hash: string },
  presses: readonly Press[],
  at: string,
  { run = null, policy }: { readonly run?: string | null; readonly policy?: string | undefined } = {},
): Signed {
  const { host, action, target, guard, state } = proposal
  const askedAt = state.kind === 'asked' ? state.at : null
  const approval: Approval = {
    proposal: hash,
    host,
    action,
    target,
    guard,
    presses,
    askedAt,
    at,
    ...(run !== null && { run }),
    ...(policy !== undefined && { policy }),
  }
  return signer.sign('approval', JSON.stringify(approval))
}

export type ReadApproval =
  | { readonly ok: true; readonly approval: Approval }
  | { readonly ok: false; readonly because: string }

/** Holds the approval against the proposal that it is said to be for, and against the clock. Whatever does not fit is refused, with the reason for the audit. */
export function readApproval(signed: Signed, bot: Verifier, shown: Shown, now: Date): ReadApproval {
  const held = holdApproval(signed, bot, shown)
  if (!held.ok) return held
  const age = (now.getTime() - Date.parse(held.approval.at)) / 1000
  if (age > approvalSeconds)
    return {
      ok: false,
      because: `the approval waited ${Math.round(age)} s for a worker and holds only ${approvalSeconds} s`,
    }
  if (age < -skewSeconds)
    return {
      ok: false,
      because: `the approval is ${Math.round(-age)} s in the future: the clocks of bot and worker differ`,
    }
  return held
}

interface Shown {
  readonly proposal: Proposal
  readonly hash: string
}

/** The same for what was begun with it, whenever that was. */
export function holdApproval(signed: Signed, bot: Verifier, { proposal, hash }: Shown): ReadApproval {
  const opened = bot.open('approval', signed)
  if (!opened.ok) return { ok: false, because: `the approval does not come from the bot: ${opened.because}` }
  const read = shape.safeParse(parsed(opened.text))
  if (!read.success) return { ok: false, because: 'the approval cannot be read' }
  const approval: Approval = read.data
  if (approval.proposal !== hash) return { ok: false, because: 'the approval is for another proposal' }
  const { host, action, target, guard } = proposal
  const same =
    approval.host === host && approval.action === action && approval.target === target && approval.guard === guard
  return same ? { ok: true, approval } : { ok: false, because: 'the approval names another action than the proposal' }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
