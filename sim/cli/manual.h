/* manual.h: the man page and the shells' completion, from the tables of subcommands and options */
#ifndef ORGSIM_CLI_MANUAL_H
#define ORGSIM_CLI_MANUAL_H

#include "base/text.h"

/* orgsim.1, for man. */
void manual_page(struct text *text);

/* A script for bash-completion, and a function for zsh's fpath. */
void manual_bash(struct text *text);
void manual_zsh(struct text *text);

#endif
