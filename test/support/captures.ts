import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface CaptureFolder {
  /** "rules/backend-down/fires-x". */
  readonly name: string
  readonly folder: string
}

/** Every captured host of this repository: those that rules are tested on, and those of the demo. */
export function captureFolders(): readonly CaptureFolder[] {
  return [...below('test/rules', 2), ...below('test/hosts', 1), ...below('demo/recordings', 1)]
}

function below(path: string, depth: number): readonly CaptureFolder[] {
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry): readonly CaptureFolder[] => {
    const inner = `${path}/${entry.name}`
    if (!entry.isDirectory()) return []
    if (depth > 1) return below(inner, depth - 1)
    const folder = join(root, inner)
    return existsSync(join(folder, 'snapshot.json')) ? [{ name: inner.replace(/^test\//, ''), folder }] : []
  })
}
