/* offline_native.c SCENARIO LESSON < SCRIPT: what an exported page computes with, compiled natively; prints what it replies to each line of SCRIPT
 *
 *     open WORLDS | turn | get PATH [WORLD] | lead BODY | post PATH BODY
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workshop/offline/offline.h"

static void hear(void *context, const char *events)
{
    (void)context;
    printf("hear %s", events);
}

static void run(struct offline *o, char *line)
{
    struct text reply = {0};
    char *word = strtok(line, " "), *path = strcmp(word, "lead") == 0 ? NULL : strtok(NULL, " "), *rest = strtok(NULL, "");
    if (!strcmp(word, "turn"))
        while (offline_turn(o)) {}
    else if (!strcmp(word, "lead")) offline_ask(o, "api/lead", true, NULL, rest, &reply);
    else if (!strcmp(word, "get")) offline_ask(o, path, false, rest, NULL, &reply);
    else offline_ask(o, path, false, NULL, rest, &reply);
    printf("%s %s\n", word, reply.s ? reply.s : "");
    text_free(&reply);
}

int main(int argc, char **argv)
{
    char line[1024];
    struct text why = {0};
    struct offline *o = NULL;
    if (argc != 3) return 2;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "open ", 5) == 0) o = offline_open(argv[1], NULL, 0, argv[2], 1, strtoull(line + 5, NULL, 10), hear, NULL, &why);
        else if (o) run(o, line);
        if (!o) {
            fprintf(stderr, "%s\n", why.s ? why.s : "not open");
            return 1;
        }
    }
    offline_close(o);
    text_free(&why);
    return 0;
}
