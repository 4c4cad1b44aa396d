/** Where models come and go. */
const CHANGES: ReadonlySet<string> = new Set([
  "POST /api/pull",
  "POST /api/create",
  "POST /api/copy",
  "DELETE /api/delete",
]);

/** Whether other models may be installed when this request has ended. */
export function changesInventory(method: string, path: string): boolean {
  return CHANGES.has(`${method} ${path}`);
}
