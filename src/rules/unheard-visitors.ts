import type { Fact } from '../diagnosis/fact.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { Sockets } from '../probes/sockets.ts'
import { directKind } from '../symptoms/kind.ts'
import { isFull, listenersAt } from './listening.ts'

/**
 * Requests of this moment to nginx's own listener that got no connection, although it listens there and its accept queue has room: the packets
 * are lost before they reach it. nginx itself has nothing to say of them.
 */
export function unheardVisitors(
  live: Fact<{ readonly answers: readonly LiveAnswer[] }>,
  sockets: Fact<Sockets>,
): readonly LiveAnswer[] {
  if (!live.known || !sockets.known) return []
  return live.value.answers.filter((answer) => {
    if (answer.way !== 'nginx' || directKind(answer) !== 'connect-timeout') return false
    const listeners = listenersAt(answer.endpoint, sockets.value)
    return listeners.length > 0 && !listeners.some((each) => each.sendQ === null || isFull(each))
  })
}
