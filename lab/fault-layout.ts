import { readFault } from './fault.ts'
import { kindFrom, layoutFrom } from './layout/layout-from.ts'
import type { BackendKind } from './layout/kinds.ts'
import type { Layout } from './layout/layout.ts'

/**
 * A host that this fault makes sense on: one of its kinds (by the seed, unless one is asked for) and what else its expect.yml wants.
 * No seed is the host of README.md. An Error for a kind that the fault is not written for.
 */
export function layoutForFault(fault: string | null, seed: number | null, kind?: BackendKind): Layout {
  if (fault === null) return layoutFrom(seed, kind)
  const { kinds, upstream, shopPath, image } = readFault(fault).expect
  if (kind !== undefined && !kinds.includes(kind)) {
    throw new Error(`${fault} is not written for ${kind}, only for ${kinds.join(', ')}`)
  }
  const layout = layoutFrom(seed, kind ?? kindFrom(seed, kinds), {
    ...(upstream && { upstream }),
    ...(shopPath && { shopPath }),
  })
  return image === undefined ? layout : { ...layout, image }
}
