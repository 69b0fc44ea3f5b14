import { isIP } from 'node:net'

/** Where a log names who asked: `client: 203.0.113.9,` of an error log, the first field of an access log. */
const inLogs: readonly RegExp[] = [/\bclient: ([0-9a-f.:]{2,45})/gi, /^([0-9a-f.:]{2,45}) \S{1,100} \S{1,100} \[/gim]
const address = /(?<![\w.:])[0-9a-f]{0,4}[.:][0-9a-f.:]{1,43}(?![\w])/gi

/**
 * Which addresses are of clients: those that are known to be, and those that log lines in these texts name. This machine is none.
 *
 * @param ours addresses of machines of ours, which stay as they are
 */
export function clientAddresses(
  texts: readonly string[],
  known: Iterable<string>,
  ours: ReadonlySet<string>,
): ReadonlySet<string> {
  const named = texts.flatMap((text) =>
    inLogs.flatMap((pattern) => [...text.matchAll(pattern)].map(([, found = '']) => found)),
  )
  return new Set([...known, ...named].filter((each) => isIP(each) > 0 && !isLoopback(each) && !ours.has(each)))
}

/** Puts other words in the place of these addresses: by the order in which they are met, the same for the same address. */
export function renamer(
  theirs: ReadonlySet<string>,
  nameOf: (nth: number, address: string) => string,
): (text: string) => string {
  const names = new Map<string, string>()
  return (text) =>
    text.replace(address, (found) => {
      // A full stop or colon behind an address belongs to the sentence.
      const bare = found.replace(/[.:]+$/, '')
      if (!theirs.has(bare)) return found
      const name = names.get(bare) ?? nameOf(names.size + 1, bare)
      names.set(bare, name)
      return `${name}${found.slice(bare.length)}`
    })
}

/** Every IPv4 address in a text, whatever it is there. */
export function addressesIn(text: string): readonly string[] {
  return [...text.matchAll(/\d{1,3}(?:\.\d{1,3}){3}/g)].map(([found]) => found)
}

function isLoopback(text: string): boolean {
  return text.startsWith('127.') || text === '::1'
}
