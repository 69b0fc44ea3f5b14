import type { IdSource } from './ids.ts'
import { SlackError } from './slack-error.ts'

/** Trigger ids: each opens one view, within three seconds of the press that brought it (Slack: "Modals"). */
export interface Triggers {
  issue(userId: string): string
  /** The person it was given for; throws invalid_trigger_id, exchanged_trigger_id or expired_trigger_id. */
  spend(id: string): string
}

const lifeMs = 3000

export function createTriggers(ids: IdSource, now: () => number): Triggers {
  const issued = new Map<string, { readonly user: string; readonly at: number; spent: boolean }>()

  return {
    issue(user) {
      const id = `${ids.next('12466734323')}.4000.${ids.next('a')}`
      issued.set(id, { user, at: now(), spent: false })
      return id
    },
    spend(id) {
      const trigger = issued.get(id)
      if (!trigger) throw new SlackError('invalid_trigger_id')
      if (trigger.spent) throw new SlackError('exchanged_trigger_id')
      if (now() - trigger.at > lifeMs) throw new SlackError('expired_trigger_id')
      trigger.spent = true
      return trigger.user
    },
  }
}
