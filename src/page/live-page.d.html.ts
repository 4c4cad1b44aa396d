/** The page's text, as `scripts/page.ts` makes it. */
declare const text: string;
export default text;
