import type { Presser, PresserOf } from '../jobs/desk.ts'
import { announceAlone, callOffAlone, type AnnounceParts } from './announce-alone.ts'
import { groupsWith } from './user-groups.ts'

/** A person who presses, with what Slack says of him at that moment and the way to tell others. */
export function presserOf(
  parts: AnnounceParts,
  { userId, channel }: { readonly userId: string; readonly channel: string | null },
  how: Pick<Presser, 'how' | 'reason' | 'secondFactor'> = { how: 'click', reason: null, secondFactor: false },
): Presser {
  return {
    userId,
    channel,
    ...how,
    memberOf: (groups) => groupsWith(userId, groups, parts.web.membersOf),
    whyNot: async () => {
      if (channel !== null && (await parts.web.isShared(channel)))
        return 'this channel is shared with another organisation'
      return parts.web.whyNotApprove(userId)
    },
    announce: (review) => announceAlone(parts, review),
    callOff: (review) => callOffAlone(parts, review),
  }
}

/** One look at people (LookAtPeople): a person's account and the members of a group are asked for once. */
export function lookAtPeople(parts: AnnounceParts): PresserOf {
  const { membersOf, whyNotApprove } = parts.web
  const web = { ...parts.web, membersOf: askedOnce(membersOf), whyNotApprove: askedOnce(whyNotApprove) }
  return (userId, channel) => presserOf({ ...parts, web }, { userId, channel })
}

function askedOnce<T>(ask: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>()
  return (id) => {
    const answer = answers.get(id) ?? ask(id)
    answers.set(id, answer)
    return answer
  }
}
