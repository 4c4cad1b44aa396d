/** Files that are embedded as they are. */
declare module "*.yml" {
  const text: string;
  export default text;
}

declare module "*.html" {
  const text: string;
  export default text;
}

declare module "*.service" {
  const text: string;
  export default text;
}
