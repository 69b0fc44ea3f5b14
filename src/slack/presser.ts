import type { Presser } from '../jobs/desk.ts'
import { announceAlone, callOffAlone, type AnnounceParts } from './announce-alone.ts'

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
    memberOf: (groups) => parts.web.groupsOf(userId, groups),
    whyNot: async () => {
      if (channel !== null && (await parts.web.isShared(channel)))
        return 'this channel is shared with another organisation'
      return parts.web.whyNotApprove(userId)
    },
    announce: (review) => announceAlone(parts, review),
    callOff: (review) => callOffAlone(parts, review),
  }
}
