import type { Layout } from './layout.ts'
import { nginxFiles, addressFile, serverFile } from './nginx-files.ts'
import { shellVariables } from './shell-variables.ts'

/** What `{shop.unit}` and its like stand for in expect.yml. */
export function placeholders(layout: Layout, address: string): ReadonlyMap<string, string> {
  const of = shellVariables(layout)
  const named = [
    'site',
    'path',
    'conf',
    'upstream_conf',
    'unit',
    'socket_unit',
    'address',
    'port',
    'upstream',
    'dir',
    'user',
    'app',
  ].map((name) => [`shop.${name}`, of[`SHOP_${name.toUpperCase()}`] ?? ''] as const)
  const others = ['site', 'conf', 'unit', 'dir', 'sock'].flatMap((name) => [
    [`blog.${name}`, of[`BLOG_${name.toUpperCase()}`] ?? ''] as const,
    [`www.${name}`, of[`WWW_${name.toUpperCase()}`] ?? ''] as const,
  ])
  return new Map([
    ...named,
    ...others,
    // Where the address of the backend stands: `server` of the upstream, or the pass directive itself.
    ['shop.line', lineOf(layout, addressFile(layout), layout.address)],
    ['shop.pass_line', lineOf(layout, serverFile(layout, 'shop', layout.shopSite), of['SHOP_PASS'] ?? '')],
    ['blog.line', lineOf(layout, serverFile(layout, 'blog', layout.blogSite), layout.blogSocket)],
    ['second.unit', of['SECOND_UNIT'] ?? ''],
    ['second.address', of['SECOND_ADDRESS'] ?? ''],
    ['remote.address', of['REMOTE_ADDRESS'] ?? ''],
    ['spare_port', of['SPARE_PORT'] ?? ''],
    ['spare_port2', of['SPARE_PORT2'] ?? ''],
    ['error_log', of['ERROR_LOG'] ?? ''],
    ['access_log', of['ACCESS_LOG'] ?? ''],
    ['address', address],
  ])
}

/** Puts the values in; a name that nothing stands for is an Error, as it would be compared as it is. */
export function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{([a-z][a-z0-9_.]*)\}/g, (whole, name: string) => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`${whole} in expect.yml: there are ${[...values.keys()].join(', ')}`)
    return value
  })
}

function lineOf(layout: Layout, path: string, text: string): string {
  const files = nginxFiles(layout)
  const file = files.find((each) => each.path === path)
  const behind = file?.linkTo === undefined ? file : files.find((each) => each.path === file.linkTo)
  const line = behind?.text.split('\n').findIndex((each) => each.includes(text) && !each.trim().startsWith('#'))
  return String((line ?? -1) + 1)
}
