const FOLDER = "drwxr-xr-x root/root";
const FILE = "-rw-r--r-- root/root";
/** All that a package has: mode, owner and path. */
export const CONTENTS = [
  `${FOLDER} ./`,
  `${FOLDER} ./etc/`,
  `${FOLDER} ./etc/default/`,
  `${FILE} ./etc/default/ollama-exporter`,
  `${FOLDER} ./usr/`,
  `${FOLDER} ./usr/bin/`,
  `-rwxr-xr-x root/root ./usr/bin/ollama-exporter`,
  `${FOLDER} ./usr/lib/`,
  `${FOLDER} ./usr/lib/systemd/`,
  `${FOLDER} ./usr/lib/systemd/system/`,
  `${FILE} ./usr/lib/systemd/system/ollama-exporter.service`,
  `${FOLDER} ./usr/share/`,
  `${FOLDER} ./usr/share/doc/`,
  `${FOLDER} ./usr/share/doc/ollama-exporter/`,
  `${FILE} ./usr/share/doc/ollama-exporter/changelog.gz`,
  `${FILE} ./usr/share/doc/ollama-exporter/copyright`,
  `${FILE} ./usr/share/doc/ollama-exporter/third-party-licenses.txt.gz`,
  `${FOLDER} ./usr/share/lintian/`,
  `${FOLDER} ./usr/share/lintian/overrides/`,
  `${FILE} ./usr/share/lintian/overrides/ollama-exporter`,
  `${FOLDER} ./usr/share/man/`,
  `${FOLDER} ./usr/share/man/man1/`,
  `${FILE} ./usr/share/man/man1/ollama-exporter.1.gz`,
];
