import { bindings, bindText } from '../nginx/config-bindings.ts'
import { linuxErrno } from '../nginx/errno.ts'
import { listenClashes } from '../nginx/listen-clash.ts'
import { addressInMessage, fileInMessage } from '../nginx/start-message.ts'
import type { Sockets } from '../probes/sockets.ts'
import { hostOf, portOf } from '../symptoms/address.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { type HolderSeen, keepersOf } from './port-holder.ts'
import { startFile, type StartFiles } from './start-file.ts'
import { isOnCommandLine, startsAsOther, stillStands } from './start-refusal.ts'

type Seen = HolderSeen & { readonly 'start-files': StartFiles }

const NO_SUCH_FILE = 2
const DENIED = 13
const READ_ONLY = 30
const IN_USE = 98
const NO_SUCH_ADDRESS = 99

/** What kept the last start from working is seen to be gone: nothing of it would keep the next one. */
export function isMended(refusal: Refusal, seen: Seen): boolean {
  if (refusal.from === 'test') return false
  const address = addressInMessage(refusal.line)
  const errno = linuxErrno(refusal.line.errno)
  if (refusal.line.message.startsWith('still could not bind')) return seen.sockets.known
  if (address !== null) return isAddressFree(address, errno, seen)
  const wholeConfig = seen['nginx-config'].known && seen['nginx-config'].value.stats.length > 0
  // What root could do in the host's own files says nothing about a unit that has others, or starts it as somebody else.
  if (startsAsOther(seen)) return wholeConfig && !stillStands(refusal, seen)
  const path = fileInMessage(refusal.line)
  const file = startFile(path, seen['start-files'])
  // A test by hand has nothing of what the unit's command line adds (-g 'pid ...').
  if (path !== null && isOnCommandLine(path, seen))
    return file !== null && file.state !== 'hidden' && (file.state === 'there' || file.at === path)
  if (seen.starting.test === 'passed') return errno !== DENIED && errno !== READ_ONLY
  if (file && errno === NO_SUCH_FILE) return file.state === 'there'
  return wholeConfig && !stillStands(refusal, seen)
}

function isAddressFree(address: string, errno: number | null, seen: Seen): boolean {
  const config = seen['nginx-config']
  if (config.known && !bindings(config.value.model).some((each) => bindText(each) === address)) return true
  if (errno === IN_USE)
    return (
      seen.sockets.known &&
      keepersOf(address, seen).length === 0 &&
      (!config.known || listenClashes(config.value.model).length === 0) &&
      !address.startsWith('unix:') &&
      !mayBeHandedOut(address, seen.sockets.value)
    )
  if (errno === NO_SUCH_ADDRESS) return seen.host.addresses.includes(hostOf(address))
  return false
}

/** The kernel may have given this port to a connection of anybody, and then nobody is seen to listen. */
function mayBeHandedOut(address: string, { handedOut }: Sockets): boolean {
  const port = portOf(address)
  return handedOut !== null && port >= handedOut.from && port <= handedOut.to
}
