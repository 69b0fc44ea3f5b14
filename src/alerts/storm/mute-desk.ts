import type { WouldMute } from '../../approval/policy/may-mute.ts'
import type { Audit } from '../../audit/audit.ts'
import { withinReach } from '../../jobs/reach.ts'
import type { Logger } from '../../log.ts'
import type { RedisClient } from '../../redis.ts'
import type { Mute, Mutes } from './mutes.ts'

/** Who mutes or ends a mute; the id decides, the name is for people to read. */
export interface Muter extends WouldMute {
  readonly name: string
}

export type Muted =
  | { readonly kind: 'muted'; readonly mute: Mute }
  | { readonly kind: 'refused'; readonly because: string }

/** Mutes made in chat. The caller has made sure that the person may diagnose: he may end one, for hearing alerts is the safe side. Rejects with QueueUnreachableError. */
export interface MuteDesk {
  readonly mute: (
    wish: { readonly on: string; readonly seconds: number; readonly because: string },
    who: Muter,
  ) => Promise<Muted>
  /** How many were ended, and those that still hold. */
  readonly unmute: (
    on: string,
    who: Pick<Muter, 'userId'>,
  ) => Promise<{ readonly ended: number; readonly left: readonly Mute[] }>
  readonly list: () => Promise<readonly Mute[]>
}

export interface MuteDeskParts {
  readonly client: RedisClient
  readonly mutes: Mutes
  /** Why this person may not mute, by the policy in force; null when he may. */
  readonly whyNotMute: (who: WouldMute) => Promise<string | null>
  readonly audit: Pick<Audit, 'append'>
  readonly log: Logger
  readonly now: () => Date
  readonly newId: () => string
}

export function createMuteDesk(parts: MuteDeskParts): MuteDesk {
  const { client, mutes, whyNotMute, audit, log, now, newId } = parts

  async function add({ on, seconds, because }: Parameters<MuteDesk['mute']>[0], who: Muter): Promise<Muted> {
    const refusal = await whyNotMute(who)
    if (refusal !== null) {
      log.warn({ on, by: who.userId, because: refusal }, 'a mute was refused')
      return { kind: 'refused', because: refusal }
    }
    const at = now()
    const until = new Date(at.getTime() + seconds * 1000).toISOString()
    const by = { by: who.userId, name: who.name.slice(0, 100) }
    const mute: Mute = { id: newId(), on, until, because: because.slice(0, 300), ...by, at: at.toISOString() }
    const record = { on, mutes: [mute.id], until, by: who.userId, because: mute.because, at: mute.at } as const
    try {
      // A mute hides trouble: nobody mutes without a record of it.
      await audit.append({ ...record, step: 'muted' })
    } catch (error) {
      log.error({ err: error, on }, 'a mute could not be written to the audit, and was not made')
      return { kind: 'refused', because: 'the audit record could not be written, and nothing is muted without one' }
    }
    if (!(await mutes.add(mute, at))) return { kind: 'refused', because: 'there are too many mutes; end some first' }
    log.info({ on, until, by: who.userId }, 'muted')
    return { kind: 'muted', mute }
  }

  async function end(on: string, who: Pick<Muter, 'userId'>): Promise<{ ended: number; left: readonly Mute[] }> {
    const held = await mutes.list(now())
    const meant = held.filter((each) => each.on === on).map(({ id }) => id)
    await mutes.lift(meant)
    const record = { on, mutes: meant, until: null, by: who.userId, because: '', at: now().toISOString() } as const
    // It is ended already: hearing alerts is the safe side, and does not wait for its record.
    if (meant.length > 0)
      await audit
        .append({ ...record, step: 'unmuted' })
        .catch((error: unknown) => log.error({ err: error, on }, 'the end of a mute could not be written to the audit'))
    return { ended: meant.length, left: held.filter((each) => each.on !== on) }
  }

  return {
    mute: (wish, who) => withinReach(client, () => add(wish, who)),
    unmute: (on, who) => withinReach(client, () => end(on, who)),
    list: () => withinReach(client, () => mutes.list(now())),
  }
}
