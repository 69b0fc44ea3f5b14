import type { AlertMessageRead } from '../../alerts/slack-message/read-alert-message.ts'
import type { Message } from './message.ts'
import { plainMessage, replyMessage } from './replies.ts'

/** For who asked what is wrong with a message that names no host, or too many: what it could have meant, to be pressed. */
export function namesNoTarget(read: Exclude<AlertMessageRead, { kind: 'alert' }>): Message {
  if (read.kind === 'too-many')
    return plainMessage(
      `This message names ${read.hosts.length} hosts, which is more than I look at for one alert. Name those that you mean.`,
    )
  const { unknown, nearest } = read
  const called = unknown === null ? '.' : `: none is called ${unknown}.`
  const message = `I find no host of the inventory in this message${called}`
  if (nearest.length === 0) return plainMessage(`${message} Type /nginx hosts to see those that I know.`)
  return replyMessage({
    kind: 'suggestions',
    message: `${message} Did you mean one of these?`,
    commands: nearest.map((host) => `diagnose ${host}`),
  })
}
