import type { Finding, Fix } from '../diagnosis/diagnosis.ts'
import { type FileAuthor, fileAuthor } from '../nginx/file-author.ts'
import type { ConfigOwner } from '../probes/config-owners.ts'
import type { Facts } from '../probes/index.ts'

/**
 * Before a diff is shown its file is asked who writes it. Where that is a program, the first step says where the change belongs, and the diff
 * is marked as a stopgap. A file behind a link is named by its own path, because patch(1) does not write through links.
 */
export function withAuthor(finding: Finding, facts: Facts): Finding {
  const shown = finding.fix.diff
  const paths = [...(shown ?? '').matchAll(/^--- a(?<path>\/[^\t\n]+)/gm)].flatMap(
    (match) => match.groups?.['path'] ?? [],
  )
  const config = facts['nginx-config']
  if (shown === null || paths.length === 0 || !config.known) return finding
  const owners = facts['config-owners']
  const files = paths.map((path) => ({
    path,
    owner: owners.known ? owners.value.files.find((each) => each.path === path) : undefined,
  }))
  const diff = files.reduce((text, { path, owner }) => (owner ? renamed(text, path, owner.real) : text), shown)
  for (const { path, owner } of files) {
    const author = authorOf(path, config.value.files.get(path) ?? '', diff, owner)
    if (author) return { ...finding, fix: stopgap(finding.fix, diff, author, owner?.real ?? path) }
  }
  const untouched = files.find(({ owner }) => owner?.package?.untouched === true)?.owner
  return { ...finding, fix: { ...finding.fix, ...shipped(finding.fix, diff, untouched) } }
}

function authorOf(path: string, text: string, diff: string, owner: ConfigOwner | undefined): FileAuthor | null {
  const written = fileAuthor(owner?.real ?? path, text) ?? fileAuthor(path, text)
  if (written) return written
  if (/^[-+].*# managed by Certbot/m.test(diff))
    return { name: 'certbot', instead: 'it wrote that line and may write it again' }
  if (owner?.git != null)
    return { name: 'git', instead: `change and commit it in the repository that ${owner.git} is a work tree of` }
  if (owner?.readOnly === true)
    return {
      name: 'whoever builds this host',
      instead: 'its file system is read-only: change it where the image is made',
    }
  return null
}

function stopgap(fix: Fix, diff: string, author: FileAuthor, path: string): Fix {
  const by = author.name === 'git' ? 'is kept in git' : `is written by ${author.name}`
  return {
    ...fix,
    steps: [`${path} ${by}: ${author.instead}; the diff shows what must come out`, ...fix.steps],
    // patch(1) passes over lines before the header
    writtenBy: author.name,
    diff: `# stopgap: ${path} ${by}, which will undo this\n${diff}`,
  }
}

/** As the package brought it: nothing undoes the change, but the next upgrade will ask about it. */
function shipped(fix: Fix, diff: string, owner: ConfigOwner | undefined): Partial<Fix> {
  if (owner?.package?.untouched !== true) return { diff }
  const note = `${owner.real} is still as package ${owner.package.name} brought it: an upgrade will ask about this change (keep yours)`
  return { diff, steps: [...fix.steps, note] }
}

function renamed(diff: string, path: string, real: string): string {
  if (real === path) return diff
  return diff.replace(`--- a${path}`, () => `--- a${real}`).replace(`+++ b${path}`, () => `+++ b${real}`)
}
