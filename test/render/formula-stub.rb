# Evaluates a formula without Homebrew, by as much of its DSL as ours uses; anything else raises.
#
#   ruby formula-stub.rb FORMULA OS ARCH PREFIX              prints what it comes to, as JSON
#   ruby formula-stub.rb FORMULA OS ARCH PREFIX install      installs the folder it is started in
#   ruby formula-stub.rb FORMULA OS ARCH PREFIX test         runs its test on what is installed
require "fileutils"
require "json"
require "pathname"
require "socket"
require "tmpdir"

PATH, SYSTEM, ARCH, PREFIX, ACTION = ARGV

# As Homebrew extends it.
class Pathname
  alias to_str to_s

  def install(*sources)
    mkpath
    sources.each { |source| FileUtils.mv source, destination(source) }
  end

  def destination(source)
    self/File.basename(source)
  end

  undef write
  def write(text)
    dirname.mkpath
    File.write(self, text)
  end
end

# What a user has changed stays, and the new file is put beside it.
module InstallRenamed
  def destination(source)
    path = super
    (path.file? && !FileUtils.identical?(source, path)) ? Pathname("#{path}.default") : path
  end
end

# A block that only says values, each of them once; what else it asks for is the formula's.
class Values
  attr_reader :said

  def initialize(formula, names, &block)
    @formula, @names, @said = formula, names, {}
    instance_eval(&block)
  end

  def method_missing(name, *args)
    return @formula.public_send(name, *args) unless @names.include?(name)
    raise "#{name} is said twice" if @said.key?(name)
    @said[name] = args.fetch(0)
  end

  def respond_to_missing?(name, _all)
    @names.include?(name)
  end
end

class Formula
  include FileUtils

  class << self
    attr_reader :loaded, :blocks, :said

    def inherited(formula)
      formula.instance_eval { @blocks, @said = {}, {} }
      @loaded = formula
    end

    %i[desc homepage version license url sha256].each do |name|
      define_method(name) do |value|
        raise "#{name} is said twice" if said.key?(name)
        said[name] = value
      end
    end

    { on_macos: "macos", on_linux: "linux", on_arm: "arm", on_intel: "intel" }.each do |name, here|
      define_method(name) { |&block| block.call if [SYSTEM, ARCH].include?(here) }
    end

    %i[livecheck service test].each do |name|
      define_method(name) { |&block| blocks[name] = block }
    end
  end

  {
    prefix: "Cellar/%s", bin: "Cellar/%s/bin", libexec: "Cellar/%s/libexec",
    opt_prefix: "opt/%s", opt_bin: "opt/%s/bin", opt_libexec: "opt/%s/libexec", var: "var"
  }.each do |name, path|
    define_method(name) { Pathname(PREFIX)/format(path, File.basename(PATH, ".rb")) }
  end

  def etc
    (Pathname(PREFIX)/"etc").extend(InstallRenamed)
  end

  def version
    self.class.said.fetch(:version)
  end

  def free_port
    TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] }
  end

  def shell_output(command)
    output = `#{command}`
    raise "exit code #{$?.exitstatus}: #{command}" unless $?.success?
    output
  end

  def assert_match(expected, actual)
    raise "#{actual.inspect} lacks #{expected.inspect}" unless actual.include?(expected)
  end
end

load File.expand_path(PATH)
formula = Formula.loaded.new
blocks = Formula.loaded.blocks

case ACTION
when "install"
  formula.install
  formula.opt_prefix.dirname.mkpath
  FileUtils.rm_f formula.opt_prefix
  File.symlink formula.prefix, formula.opt_prefix
  (formula.var/"log").mkpath
when "test"
  Dir.mktmpdir { |folder| Dir.chdir(folder) { formula.instance_eval(&blocks.fetch(:test)) } }
else
  service = %i[run keep_alive working_dir log_path error_log_path]
  puts JSON.generate(Formula.loaded.said.merge(
    class: Formula.loaded.name,
    caveats: formula.caveats,
    livecheck: Values.new(formula, %i[url strategy], &blocks.fetch(:livecheck)).said,
    service: Values.new(formula, service, &blocks.fetch(:service)).said,
  ))
end
