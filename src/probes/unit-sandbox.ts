/** Properties of a unit's own view of the files (systemd.exec(5), Sandboxing). */
export const sandboxKeys = [
  'RootDirectory',
  'RootImage',
  'ProtectSystem',
  'ProtectHome',
  'ReadOnlyPaths',
  'InaccessiblePaths',
  'TemporaryFileSystem',
] as const

/** What a unit that runs other people's programs may have besides; no path of nginx itself lies in a temporary folder. */
export const backendSandboxKeys = [...sandboxKeys, 'PrivateTmp', 'BindPaths', 'BindReadOnlyPaths'] as const

/** "ProtectHome=yes" of each that is set; null where it was not asked for. */
export function sandboxOf(values: ReadonlyMap<string, string>): readonly string[] | null {
  if (!values.has('ProtectSystem')) return null
  return backendSandboxKeys.flatMap((key) => {
    const value = values.get(key) ?? ''
    return value === '' || value === 'no' ? [] : [`${key}=${value}`]
  })
}
