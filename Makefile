PREFIX ?= /usr/local
SECONDS ?= 60
SEEDS ?= 20000
BUILD_FLAGS ?=
BENCH_FLAGS ?=

# The tests need testable modules, the product does not: two build folders, so that neither
# rebuilds the other.
PRODUCT = swift build -c release --product sudp $(BUILD_FLAGS)
TESTS = swift test -c release --scratch-path .build-test
SUDP = .build/release/sudp

.PHONY: build demo test bench instructions install uninstall format lint fuzz soak help

build: ## build the release binary, .build/release/sudp
	@.ci/install-packages build
	$(PRODUCT)

demo: build ## pipe 256 MiB over loopback, encrypted, and say what that proved
	@.ci/demo $(SUDP)

# Three runs, so that simulations and hostile input by the hundred thousand, which keep every core
# busy, starve neither sockets nor programs.
BUSY = Hostile(Stream|Text)Tests
test: ## run every test (release build: the simulations want it)
	@.ci/install-packages build test
	$(TESTS) --filter '^(RepositoryTests|SUDPCryptoTests|SUDPProtocolTests|SimulationTests)\.' \
		--filter '$(BUSY)'
	$(TESTS) --skip-build --filter '^(SUDPTransportTests|SUDPServicesTests)\.' --skip '$(BUSY)'
	$(TESTS) --skip-build --filter '^CommandTests\.'

bench: build ## compare the pipe with ncat, socat, nc and the ceiling; BENCH_FLAGS=--help
	@.ci/install-packages bench
	@Benchmarks/run --sudp $(SUDP) $(BENCH_FLAGS)

instructions: ## count the instructions of each end per MiB and per handshake, by callgrind
	@.ci/install-packages build instructions
	@Benchmarks/instructions

soak: ## all 65,536 drop masks and SEEDS random networks; takes long
	@.ci/install-packages build test
	SUDP_EXHAUSTIVE=1 SUDP_SEEDS=$(SEEDS) $(TESTS) --filter SimulationTests

fuzz: ## run every libFuzzer target for SECONDS each
	@.ci/install-packages build
	@Tests/Fuzz/run $(SECONDS)

install: build ## install the binary, manual pages and completions below PREFIX
	install -D -m 755 $(SUDP) "$(DESTDIR)$(PREFIX)/bin/sudp"
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/share/man/man1" man/*.1
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/share/man/man7" man/*.7
	install -D -m 644 completions/sudp.bash \
		"$(DESTDIR)$(PREFIX)/share/bash-completion/completions/sudp"
	install -D -m 644 completions/_sudp "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sudp"
	install -D -m 644 completions/sudp.fish \
		"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sudp.fish"

uninstall: ## remove what install put below PREFIX
	rm -f "$(DESTDIR)$(PREFIX)/bin/sudp" \
		$(patsubst man/%.1,"$(DESTDIR)$(PREFIX)/share/man/man1/%.1",$(wildcard man/*.1)) \
		$(patsubst man/%.7,"$(DESTDIR)$(PREFIX)/share/man/man7/%.7",$(wildcard man/*.7)) \
		"$(DESTDIR)$(PREFIX)/share/bash-completion/completions/sudp" \
		"$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sudp" \
		"$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sudp.fish"

format: ## format the Swift sources in place
	swift format -i -r Package.swift Sources Tests

lint: ## check the format of the Swift sources
	swift format lint --strict -r Package.swift Sources Tests

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile
