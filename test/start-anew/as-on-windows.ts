import process from "node:process";

/** Loaded before a program, it makes it take the machine for Windows. */
Object.defineProperty(process, "platform", { value: "win32" });
