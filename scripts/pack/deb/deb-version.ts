/** As Debian writes it: what follows a `-` is a revision, and only a `~` sorts before the release itself. */
export function debVersion(version: string): string {
  return version.replaceAll("-", "~");
}
