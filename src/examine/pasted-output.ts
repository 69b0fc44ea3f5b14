/** Each function puts what a person pasted into the form of a probe's own output; null when it is not what that command prints. */

/** `nginx -t`, for a configuration whose files could be read. */
export function testAnswer(stdout: string, text: string): string | null {
  const messages = text.split('\n').filter((line) => /^\s*(?:nginx|angie|openresty|freenginx|tengine): /.test(line))
  const passed = messages.some((line) => line.includes('test is successful'))
  if (!passed && !messages.some((line) => line.includes('[emerg]'))) return null
  const at = stdout.search(/^@mode /m)
  const dump = stdout.search(/^@dump /m)
  if (at === -1 || dump < at) return null
  const head = ['@mode root', `@test ${passed ? 0 : 1} `, ...messages.map((line) => line.trim()), '']
  return `${stdout.slice(0, at)}${head.join('\n')}${stdout.slice(dump)}`
}

/** `ss -Htanp`, whole or its listeners. */
export function listenersAnswer(_stdout: string, text: string): string | null {
  const lines = text.split('\n').map((line) => line.trim())
  const listeners = lines.filter((line) => /^LISTEN\s+\d+\s+\d+\s+\S+:\d+\s/.test(line))
  if (listeners.length === 0) return null
  return [...listeners, `@owners ${text.includes('users:((') ? 'yes' : 'no'}`, ''].join('\n')
}

/** `nft list ruleset` or `iptables-save`, with how it ended: no rules are an answer too. The answers of the other tools stay. */
export function firewallAnswer(stdout: string, text: string): string | null {
  const tool = toolOf(text)
  if (tool === null) return null
  const others = stdout
    .split(/^(?=@tool )/m)
    .filter((part) => part.startsWith('@tool ') && !part.startsWith(`@tool ${tool} `))
  const rules = text.split('\n').filter((line) => !line.startsWith('@') && !ended.test(line))
  return [`@tool ${tool} 0`, ...rules, ...others.map((part) => part.trimEnd()), ''].join('\n')
}

const ended = /^\s*(?:nft|iptables-save) ended with \d+\s*$/

function toolOf(text: string): 'nft' | 'iptables' | null {
  if (/^\s*(?:nft|iptables-save) ended with [1-9]/m.test(text)) return null
  if (/^\s*table \w+ \S+ \{/m.test(text) || /^\s*nft ended with 0/m.test(text)) return 'nft'
  return /^\s*(?:\*(?:filter|nat|mangle|raw)|-A \S+)/m.test(text) || /^\s*iptables-save ended with 0/m.test(text)
    ? 'iptables'
    : null
}

/** `dmesg` with its stamps since boot: one event for each line. */
export function dmesgAnswer(_stdout: string, text: string): string | null {
  const stamped = text.split('\n').flatMap((line) => {
    const parts = /^\s*\[ *(?<at>\d+\.\d+)\] (?<said>.*)$/.exec(line)?.groups
    return parts?.['at'] === undefined ? [] : [{ at: parts['at'], said: parts['said'] ?? '' }]
  })
  const [first] = stamped
  if (first === undefined) return null
  return [`@log dmesg ${first.at}`, ...stamped.flatMap(({ at, said }) => [`@event 1 ${at} ${at}`, said]), ''].join('\n')
}
