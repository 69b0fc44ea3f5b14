import { parsed, unusable } from '../diagnosis/fact.ts'
import { keyedLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface Pressure {
  /** Load average over one and five minutes. */
  readonly load1: number
  readonly load5: number
  readonly memoryTotalKb: number
  readonly memoryAvailableKb: number
  /** Share of time in which some task waited, percent over 10 s (psi.rst); null without PSI. */
  readonly cpuSome10: number | null
  readonly memorySome10: number | null
  readonly ioSome10: number | null
  /** Share of time in which nothing could go on for want of it, percent over 10 s. */
  readonly memoryFull10: number | null
  readonly ioFull10: number | null
  /** 0 where there is no swap, or in captures that did not ask. */
  readonly swapTotalKb: number
  readonly swapFreeKb: number
}

/**
 * Load, memory and pressure stall information.
 *
 * Sample:
 *     load 0.52 0.41 0.30 1/211 4242
 *     MemTotal: 24105984 kB
 *     cpu some avg10=1.20 avg60=0.80 avg300=0.20 total=123456
 */
export const pressure = defineProbe({
  id: 'pressure',
  command: 'cat /proc/loadavg /proc/meminfo /proc/pressure/*',
  seconds: 2,
  cap: 8192,
  script: `
echo "load $(cat /proc/loadavg)"
grep -E '^(MemTotal|MemAvailable|SwapTotal|SwapFree):' /proc/meminfo
for r in cpu memory io; do [ -r /proc/pressure/$r ] && sed -n "s/^some/$r some/p;s/^full/$r-full full/p" /proc/pressure/$r; done 2>/dev/null
true`,
  parse(capture) {
    const lines = keyedLines(capture.stdout)
    const [load1, load5] = (lines.get('load')?.[0] ?? '').split(' ').map(Number)
    if (load1 === undefined || Number.isNaN(load1)) return unusable('no /proc/loadavg')
    if (capture.truncated) return unusable('load and memory were cut')
    return parsed<Pressure>({
      load1,
      load5: load5 ?? load1,
      memoryTotalKb: kilobytes(lines.get('MemTotal:')?.[0]),
      memoryAvailableKb: kilobytes(lines.get('MemAvailable:')?.[0]),
      cpuSome10: avg10(lines.get('cpu')?.[0]),
      memorySome10: avg10(lines.get('memory')?.[0]),
      ioSome10: avg10(lines.get('io')?.[0]),
      memoryFull10: avg10(lines.get('memory-full')?.[0]),
      ioFull10: avg10(lines.get('io-full')?.[0]),
      swapTotalKb: kilobytes(lines.get('SwapTotal:')?.[0]),
      swapFreeKb: kilobytes(lines.get('SwapFree:')?.[0]),
    })
  },
})

function kilobytes(text: string | undefined): number {
  return Number((text ?? '0').split(' ')[0])
}

function avg10(text: string | undefined): number | null {
  const value = /avg10=([\d.]+)/.exec(text ?? '')?.[1]
  return value === undefined ? null : Number(value)
}
