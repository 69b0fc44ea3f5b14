/** Properties of a unit's own view of the files (systemd.exec(5), Sandboxing). */
export const sandboxKeys = [
  'RootDirectory',
  'RootImage',
  'ProtectSystem',
  'ProtectHome',
  'ReadOnlyPaths',
  'InaccessiblePaths',
  'TemporaryFileSystem',
  'PrivateTmp',
  'BindPaths',
  'BindReadOnlyPaths',
] as const

/** "ProtectHome=yes" of each that is set; null where it was not asked for. */
export function sandboxOf(values: ReadonlyMap<string, string>): readonly string[] | null {
  if (!values.has('ProtectSystem')) return null
  return sandboxKeys.flatMap((key) => {
    const value = values.get(key) ?? ''
    return value === '' || value === 'no' ? [] : [`${key}=${value}`]
  })
}
