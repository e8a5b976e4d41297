#ifndef SUDP_CREADLINE_SHIM_H
#define SUDP_CREADLINE_SHIM_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include <readline/history.h>
#include <readline/readline.h>

// Swift takes C's global variables for shared mutable state: they are set and read here.

/// Sets everything before the first line; signals stay with the program.
///
/// `display` draws the line and lists what fits; readline's own way cannot when there is none.
static inline void sudp_readline_prepare(
    rl_completion_func_t *complete, rl_voidfunc_t *display, rl_compdisp_func_t *list) {
    // Without a locale of UTF-8 readline would edit bytes, not characters.
    if (!setlocale(LC_ALL, "") || MB_CUR_MAX < 4) setlocale(LC_CTYPE, "C.UTF-8");
    rl_readline_name = "sudp";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    rl_attempted_completion_function = complete;
    rl_completer_word_break_characters = " \t\n";
    rl_variable_bind("enable-bracketed-paste", "on");
    rl_variable_bind("bell-style", "none");
    // A program that draws by itself before this is taken for one on a dumb terminal, which has no
    // bracketed paste.
    rl_initialize();
    if (display) {
        rl_redisplay_function = display;
        rl_completion_display_matches_hook = list;
    }
}

/// No file names are offered where nothing else fits, and a blank follows what was completed.
static inline void sudp_readline_completion_is_ours(char suffix) {
    rl_attempted_completion_over = 1;
    rl_completion_append_character = suffix;
}

static inline const char *sudp_readline_line(void) { return rl_line_buffer; }

static inline const char *sudp_readline_prompt(void) { return rl_display_prompt; }

// POSIX has it, but <wchar.h> declares it only to those who ask for all of POSIX.
extern int wcwidth(wchar_t character);

/// The columns that a character takes in the locale that was set; -1 for what cannot be printed.
static inline int sudp_column_count(unsigned character) { return wcwidth((wchar_t)character); }

static inline int sudp_readline_point(void) { return rl_point; }

static inline int sudp_readline_is_at_start(int start) { return start == 0; }

#endif
