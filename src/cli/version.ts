import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/** "0.1.0": of the package.json that stands above this file, which is two folders up in the sources and three in what is built. */
export function ownVersion(): string {
  const places = ['../../package.json', '../../../package.json'].map((path) => new URL(path, import.meta.url))
  const file = places.find((place) => existsSync(place))
  return file ? z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version : 'unknown'
}
