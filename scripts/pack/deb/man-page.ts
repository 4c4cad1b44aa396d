import { variablesOf } from "../../../src/cli/environment.ts";
import { type Flag, FLAGS } from "../../../src/cli/flags.ts";
import { PROJECT } from "../../build/project.ts";

/** The manual page in roff, man(7). */
export function manPage(time: Date): string {
  const date = time.toISOString().slice(0, 10);
  return `.TH OLLAMA\\-EXPORTER 1 ${date} "${PROJECT.name} ${PROJECT.version}" "User Commands"
.nh
.ad l
.SH NAME
ollama\\-exporter \\- Prometheus metrics for Ollama, as a transparent proxy
.SH SYNOPSIS
.B ollama\\-exporter
.RI [ FLAGS ]
.br
.B ollama\\-exporter healthcheck
.RI [ FLAGS ]
.SH DESCRIPTION
Clients point at
.B ollama\\-exporter
instead of at Ollama, and Prometheus scrapes it at
.IR /metrics .
Every request is forwarded as it is.
.PP
.B healthcheck
asks the exporter on this machine whether it is healthy.
.SH FLAGS
A flag beats its variable, and the variable beats the default.
${Object.values(FLAGS).map(flagEntry).join("")}.TP
.B \\-\\-help
Print the help of the command.
.TP
.B \\-\\-version
Print the version.
.SH EXIT STATUS
0 after a signal or for a healthy exporter, 2 for a wrong command line or environment, 1 for any other
failure.
.SH FILES
.TP
.I /etc/default/ollama\\-exporter
The variables of the service.
.SH SEE ALSO
.BR systemctl (1)
.PP
${escaped(PROJECT.home)}
`;
}

function flagEntry(flag: Flag): string {
  const value = flag.hint === undefined ? "" : ` \\fI${flag.hint.toUpperCase()}\\fR`;
  const fallback = flag.default === undefined ? "No default" : `Default ${escaped(flag.default)}`;
  return `.TP
\\fB\\-\\-${escaped(flag.name)}\\fR${value}
${escaped(flag.description)}
.br
${fallback}; ${escaped(variablesOf(flag).join(", "))}.
`;
}

/** A bare hyphen may become a typographic one, which cannot be copied into a shell. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^(?=[.'])/gm, "\\&");
}
