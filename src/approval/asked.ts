import type { Opened, Signer, Verifier } from '../signing/signed.ts'
import type { Press } from './policy/decide.ts'
import type { Asked } from './proposal.ts'

/**
 * Presses that wait for another one stand in Redis, and who writes there must not be able to add one. So the bot signs what it wrote, and
 * every bot reads nothing else. `hash`: of the proposal's signed text.
 */
export function sealAsked(signer: Signer, hash: string, asked: Omit<Asked, 'kind' | 'seal'>): Asked {
  const { by, at, presses, until, contacted } = asked
  // The kind comes first: the store's scripts know an open state by the begin of its text.
  return { kind: 'asked', by, at, presses, until, contacted, seal: signer.sign('asked', textOf(hash, asked)) }
}

/** Whether a bot of ours wrote exactly this of exactly this proposal. */
export function openAsked(bot: Verifier, hash: string, asked: Asked): Opened {
  const opened = bot.open('asked', asked.seal)
  if (!opened.ok) return opened
  return opened.text === textOf(hash, asked) ? opened : { ok: false, because: 'it is not what the bot wrote' }
}

/** In a fixed order, whoever parsed it meanwhile. */
function textOf(proposal: string, { by, at, presses, until, contacted }: Omit<Asked, 'kind' | 'seal'>): string {
  return JSON.stringify({ proposal, by, at, presses: presses.map(inOrder), until, contacted })
}

function inOrder({ by, at, groups, channel, how, reason, secondFactor }: Press): Press {
  return { by, at, groups, channel, how, reason, secondFactor }
}
