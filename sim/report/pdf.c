/* pdf.c: a page on paper, printed by Chromium */
#include "report/pdf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/tool.h"

#define NOT_FOUND 127

static const char *const browsers[] = {"chromium", "chromium-browser", "google-chrome"};

static int fail_memory(struct orgsim_where *where) { return error_set(where, ORGSIM_ERROR_MEMORY, NULL, 0, 0, "", "out of memory"); }

/* file:// and the true path, every byte that is not plain as %XX. */
static int add_address(struct text *text, const char *path, struct orgsim_where *where)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
    char *real = realpath(path, NULL);
    if (!real) return error_set(where, ORGSIM_ERROR_IO, path, 0, 0, "", "cannot be found: %s", strerror(errno));
    text_add(text, "file://");
    for (const char *s = real; *s; s++) {
        if (strchr(plain, *s)) text_add_n(text, s, 1);
        else text_format(text, "%%%02X", (unsigned)(unsigned char)*s);
    }
    free(real); /* realpath() allocates by itself */
    return text->failed ? fail_memory(where) : ORGSIM_OK;
}

/* A profile of its own, so that a browser that is open is left alone; in it, too, what Chromium leaves in TMPDIR when it is ended early, unless the path of its
 * socket there would be too long. As root it starts only without its sandbox. */
static int print_with(const volatile int *stop, const char *browser, const char *address, const char *profile, const char *target, struct text *said,
                      int *exit_status)
{
    enum { PROFILE_MOST = 60 };
    struct text data = {0}, print = {0}, temporary = {0};
    text_format(&data, "--user-data-dir=%s", profile);
    text_format(&print, "--print-to-pdf=%s", target);
    text_format(&temporary, "TMPDIR=%s", strlen(profile) <= PROFILE_MOST ? profile : "/tmp");
    const char *const argv[] = {"env", temporary.s, browser, "--headless", "--disable-gpu", "--disable-dev-shm-usage",
                                "--disable-extensions", "--no-first-run", "--no-pdf-header-footer", data.s, print.s, geteuid() == 0 ? "--no-sandbox" : address,
                                geteuid() == 0 ? address : NULL, NULL};
    bool failed = data.failed || print.failed || temporary.failed;
    int status = failed ? ORGSIM_ERROR_MEMORY : tool_run_until(stop, argv, NULL, said, exit_status);
    text_free(&data);
    text_free(&print);
    text_free(&temporary);
    return status;
}

static int print_somehow(const volatile int *stop, const char *address, const char *profile, const char *target, struct orgsim_where *where)
{
    struct text said = {0};
    int exit_status = NOT_FOUND, status = ORGSIM_OK;
    for (size_t b = 0; !status && exit_status == NOT_FOUND && b < sizeof browsers / sizeof *browsers; b++)
        status = print_with(stop, browsers[b], address, profile, target, &said, &exit_status);
    if (status == ORGSIM_ERROR_MEMORY) fail_memory(where);
    else if (status == ORGSIM_ERROR_INTERRUPTED) error_set(where, status, NULL, 0, 0, "the page stands", "interrupted before there was a PDF");
    else if (!status && exit_status == NOT_FOUND)
        status = error_set(where, ORGSIM_ERROR_TOOL, "chromium", 0, 0, "install it (Debian: apt install chromium), then run again; the page stands",
                           "not found, so there is no PDF");
    else if (!status && (exit_status || !file_exists(target)))
        status = error_set(where, ORGSIM_ERROR_TOOL, "chromium", 0, 0, "the page stands; any browser prints it", "exit status %d while printing: %.200s", exit_status,
                           said.s ? said.s : "");
    text_free(&said);
    return status;
}

/* A new folder for temporary things. */
static int make_profile(struct text *profile, struct orgsim_where *where)
{
    const char *place = getenv("TMPDIR");
    text_format(profile, "%s/orgsim-chromium-XXXXXX", place && *place ? place : "/tmp");
    if (profile->failed) return fail_memory(where);
    if (mkdtemp(profile->s)) return ORGSIM_OK;
    int status = error_set(where, ORGSIM_ERROR_IO, profile->s, 0, 0, "name another folder in TMPDIR", "cannot be made: %s", strerror(errno));
    text_free(profile);
    return status;
}

int pdf_print(const char *folder, const char *html, const char *pdf, const volatile int *stop, struct orgsim_where *where)
{
    struct text address = {0}, profile = {0}, partial = {0};
    char *page = file_join(folder, html), *target = file_join(folder, pdf);
    int status = page && target ? add_address(&address, page, where) : fail_memory(where);
    text_format(&partial, "%s/.%s.partial-%ld", folder, pdf, (long)getpid());
    if (!status && partial.failed) status = fail_memory(where);
    if (!status) status = make_profile(&profile, where);
    if (!status) status = print_somehow(stop, address.s, profile.s, partial.s, where);
    if (!status && rename(partial.s, target)) status = error_set(where, ORGSIM_ERROR_IO, target, 0, 0, "", "cannot be written: %s", strerror(errno));
    if (status && partial.s) unlink(partial.s);
    if (profile.s) {
        struct orgsim_where ignored = {0};
        int left = file_remove_tree(profile.s, &ignored); /* a temporary folder that stays behind harms nobody */
        (void)left;
    }
    memory_free(page);
    memory_free(target);
    text_free(&address);
    text_free(&profile);
    text_free(&partial);
    return status;
}
