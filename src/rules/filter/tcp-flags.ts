import type { Match, Packet } from './packet.ts'

const all = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ecn', 'cwr'] as const

function flagsOf({ back }: Packet): readonly string[] {
  return back === true ? ['syn', 'ack'] : ['syn']
}

/** "fin,syn", "(syn | ack)", "SYN", "ALL", "NONE", "0x0"; null for what is none of these. */
function flagList(text: string): readonly string[] | null {
  const words = text
    .toLowerCase()
    .split(/[(),|\s]+/)
    .filter((word) => word !== '' && word !== 'none' && word !== '0x0')
  if (words.includes('all')) return all
  return words.every((word) => all.some((flag) => flag === word)) ? words : null
}

/** Of the flags in `mask` exactly those of `wanted` are set: `--tcp-flags MASK WANTED` of iptables, `tcp flags WANTED / MASK` of nft. */
export function hasOf(mask: string, wanted: string, packet: Packet): Match {
  const [looked, set] = [flagList(mask), flagList(wanted)]
  if (looked === null || set === null) return 'maybe'
  const own = flagsOf(packet).filter((flag) => looked.includes(flag))
  return own.length === new Set(set).size && own.every((flag) => set.includes(flag)) ? 'yes' : 'no'
}

/** `tcp flags syn,ack`: any of them is set. */
export function hasAny(flags: string, packet: Packet): Match {
  const wanted = flagList(flags)
  if (wanted === null) return 'maybe'
  return flagsOf(packet).some((flag) => wanted.includes(flag)) ? 'yes' : 'no'
}
