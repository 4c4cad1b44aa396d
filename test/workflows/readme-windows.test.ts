import { expect } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { createScriptStage, type ScriptStage, testOfScript } from "./script-stage.ts";

const { name, version } = PROJECT;

/** A Scoop and a PowerShell that do what they are told, as far as the script can see. */
async function stageOf(): Promise<ScriptStage> {
  const stage = await createScriptStage();
  const says = `#!/bin/sh\\necho ${name} ${version}\\n`;
  await stage.fake(
    "pwsh",
    `app=~/scoop/apps/${name}/current; shim=~/scoop/shims/${name}
    case $* in
      *"scoop install"*)
        mkdir -p $app ~/scoop/shims; printf "${says}" >$shim; cp $shim $app/${name}.exe
        chmod +x $shim $app/${name}.exe ;;
      *"scoop uninstall"*) rm $shim ;;
      *" Start-ScheduledTask"*) touch ~/serves ;;
      *" Stop-ScheduledTask"*) rm ~/serves ;;
      *" Get-Item"*) case $* in *Set-Content*) ;; *) exit 1 ;; esac ;;
      *" Get-ScheduledTask"*) exit 1 ;;
    esac`,
  );
  await stage.fake("curl", "[ -e ~/serves ] && echo 'ollama_exporter_build_info{} 1'");
  for (const program of ["seq", "sleep"]) await stage.fake(program, "echo 1 2");
  return stage;
}

testOfScript("The README's words for Windows are run, from Scoop to the task's end", async () => {
  await using stage = await stageOf();
  expect(await stage.run("readme-scoop.sh")).toMatchObject({ code: 0, stderr: "" });
  const words = (await stage.calls()).flatMap(
    (call) => /((?:\w+-ScheduledTask|scoop \w+|Unblock-File) \S+)/.exec(call)?.[1] ?? [],
  );
  expect(words).toEqual([
    expect.stringMatching(/^scoop install https:/),
    `Unblock-File .\\${name}.exe`,
    "Register-ScheduledTask -TaskName",
    `Start-ScheduledTask ${name}`,
    `Stop-ScheduledTask ${name}`,
    `Unregister-ScheduledTask ${name}`,
    `Get-ScheduledTask ${name}`,
    `scoop uninstall ${name}`,
  ]);
});

testOfScript("A task that goes on when it was stopped is a failure", async () => {
  await using stage = await stageOf();
  await stage.fake("rm");
  const { code, stderr } = await stage.run("readme-scoop.sh");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "it does not: is_silent\n" });
});
